"""What this app adds to Wagtail."""

from wagtail import hooks

from home import legal_drafts, legal_drafts_sv, starter_content, starter_content_sv

hooks.register("load_school_content", starter_content.load, order=90)
hooks.register("load_school_content", legal_drafts.load, order=95)
hooks.register("load_school_content", starter_content_sv.load, order=190)
hooks.register("load_school_content", legal_drafts_sv.load, order=195)
