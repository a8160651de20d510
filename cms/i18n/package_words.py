"""Texts of other packages that their Swedish lacks, or says otherwise than an editor here would.

They stand here to be collected into our catalogue, which goes before the packages' own. What
Wagtail's scripts say is in `locale/sv/LC_MESSAGES/djangojs.po`; what allauth's English calls by two
names is in `locale/en`, written by hand. Take a text out once the package's own is right.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

DJANGO = (
    # Within a sentence, as in “on the page in Swedish”.
    _("English"),
    _("Swedish"),
)
WAGTAIL = (
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
    _("- Select an option -"),
    _("A network error occurred"),
    _("Autosave is paused"),
    _("Edit account avatar"),
    _("Expiry date/time"),
    _("Expiry date/time must be in the future."),
    _("Expiry:"),
    _("Go live date/time"),
    _("Go-live:"),
    _("Once scheduled:"),
    _("Promote"),
    _("Saved"),
    _("Side panel width"),
    _("Sorry, you do not have permission to access this area."),
    _("Submit to %(workflow_name)s"),
    _("The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"),
    _("There are validation errors, click save to highlight them."),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor "
        "in a separate tab to view the last saved version."
    ),
    _("View latest version"),
)
# A passkey is called so everywhere, and whoever is asked for a code learns of the recovery codes.
ALLAUTH = (
    _("A new security key has been added."),
    _("A security key has been removed."),
    _("Add Security Key"),
    _("Are you sure you want to remove this security key?"),
    _("Edit Security Key"),
    _("Enter an authenticator code:"),
    _("No security keys have been added."),
    _("Remove Security Key"),
    _("Security Key Added"),
    _("Security Key Removed"),
    _("Security Keys"),
    _("Security key added."),
    _("Security key removed."),
    _("Sign in with a passkey"),
    _("Use a security key"),
    ngettext_lazy(
        "You have added %(count)s security key.", "You have added %(count)s security keys.", "count"
    ),
    _(
        "Your account is protected by two-factor authentication. "
        "Please enter an authenticator code:"
    ),
)
