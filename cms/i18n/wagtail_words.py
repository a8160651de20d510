"""Texts of Wagtail's admin that its Swedish lacks, or says otherwise than a Swedish editor would.

They stand here to be collected into our catalogue, which goes before Wagtail's own. What its
scripts say is in `locale/sv/LC_MESSAGES/djangojs.po`. Take a text out once Wagtail's is right.
"""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("A network error occurred"),
    _("Autosave is paused"),
    _("Promote"),
    _("Side panel width"),
    _("Submit to %(workflow_name)s"),
    _("There are validation errors, click save to highlight them."),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor "
        "in a separate tab to view the last saved version."
    ),
    _("View latest version"),
)
