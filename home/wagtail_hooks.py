"""What this app adds to Wagtail."""

from wagtail import hooks

from home import legal_drafts, starter_content

hooks.register("load_school_content", starter_content.load, order=90)
hooks.register("load_school_content", legal_drafts.load, order=95)
hooks.register("load_school_content", starter_content.translate, order=190)
hooks.register("load_school_content", legal_drafts.translate, order=195)
