"""What this app adds to Wagtail."""

from wagtail import hooks

from home import starter_content

hooks.register("load_school_content", starter_content.load, order=90)
