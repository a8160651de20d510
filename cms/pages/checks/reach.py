"""Whether visitors find a page once it is published: what is above it has to be published too."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from cms.publishing.scheduling import end_of, is_over
from cms.translations.models import TranslatedPage

# Address, label, and whether it opens in a window of its own.
type Button = tuple[str, str, bool]


def unpublished_above(page: Page) -> list[Page]:
    """Return the pages above `page` that are not published, from the home page down.

    In a language whose home page is not published nothing can be read (see
    `cms.publishing.visibility.open_homes`); elsewhere no page leads to what is below.
    """
    if not page.path:
        return []
    if isinstance(page, TranslatedPage):
        return [above for above in page.pages_above if not above.live]
    return list(page.get_ancestors().filter(depth__gt=1, live=False).order_by("depth"))


def why_not_published(page: Page) -> str:
    """Return why `page`, which somebody has just published, is not, or not yet; empty if it is."""
    title = {"page": page.get_admin_display_title()}
    if scheduled := page.scheduled_revision:
        time = localize(localtime(scheduled.approved_go_live_at))
        return _("“%(page)s” will be published on %(time)s.") % {**title, "time": time}
    version = page.get_latest_revision()
    if page.live or version is None or not is_over(version):
        return ""
    time = localize(localtime(end_of(version)))
    text = _("“%(page)s” was to be public until %(time)s, which has passed: it is not published.")
    return text % {**title, "time": time}


def together_address(page: Page, user: AbstractBaseUser | AnonymousUser) -> str:
    """Return where `user` can publish all pages above `page` at once; empty where they cannot."""
    above = unpublished_above(page)
    may_publish = above and all(may_be_published(one, user) for one in above)
    return reverse("publish_above", args=(page.pk,)) if may_publish else ""


def may_be_published(page: Page, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether `user` may publish `page`, and nobody keeps it locked."""
    permissions = page.specific.permissions_for_user(user)
    return bool(permissions.can_publish() and not permissions.page_locked())


def view_live_button(page: Page) -> Button:
    """Return the button of a message that `page` is published: see it, or what to do first."""
    first, *_others = [*unpublished_above(page), None]
    if first is None:
        button: Button = messages.button(page.url, _("View live"))
        return button
    label = _("Publish “%(page)s” first") % {"page": first.get_admin_display_title()}
    address = reverse("wagtailadmin_pages:edit", args=(first.pk,))
    to_do: Button = messages.button(address, label)
    return to_do
