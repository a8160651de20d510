"""What this app adds to Wagtail."""

from wagtail import hooks

from about import starter_content

hooks.register("load_school_content", starter_content.load, order=10)
hooks.register("load_school_content", starter_content.translate, order=110)
