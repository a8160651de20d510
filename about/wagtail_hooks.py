"""What this app adds to Wagtail."""

from wagtail import hooks

from about import starter_content, starter_content_sv

hooks.register("load_school_content", starter_content.load, order=10)
hooks.register("load_school_content", starter_content_sv.load, order=110)
