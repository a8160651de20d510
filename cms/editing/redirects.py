"""The form of a redirect, which says at once where it would lead nobody."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView, EditView
from wagtail.models import Page, Site

from cms.pages.routing import url_paths_at


class SchoolRedirectForm(RedirectForm):
    """Refuses what never takes place, because a page is there, and what never ends."""

    def clean(self) -> None:
        """Check where the redirect begins and where it leads."""
        super().clean()
        if "old_path" not in self.cleaned_data:
            return
        source = Redirect.normalise_path(self.cleaned_data["old_path"])
        page = Page.objects.live().filter(url_path__in=url_paths_at(source)).first()
        if page is not None:
            text = _("“%(page)s” is at this address, and a page goes before a redirect.")
            error = ValidationError(text % {"page": page.get_admin_display_title()})
            self.add_error("old_path", error)
        if self._leads_back(self.cleaned_data.get("redirect_link") or "", source):
            text = _("Other redirects lead from there back to this one, without end.")
            self.add_error("redirect_link", ValidationError(text))

    def _leads_back(self, link: str, source: str) -> bool:
        hosts = {"", *Site.objects.values_list("hostname", flat=True)}
        others = Redirect.objects.exclude(pk=self.instance.pk)
        passed: set[str] = set()
        while link and (urlsplit(link).hostname or "") in hosts and link not in passed:
            passed.add(link)
            reached = Redirect.normalise_path(urlsplit(link).path)
            if reached == source:
                return True
            following = others.filter(old_path=reached).first()
            link = following.redirect_link if following else ""
        return False


class SchoolRedirectCreateView(CreateView):
    """A new redirect."""

    form_class = SchoolRedirectForm


class SchoolRedirectEditView(EditView):
    """A redirect that is there."""

    form_class = SchoolRedirectForm


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`: ours at the addresses of Wagtail's."""
    return [
        path("redirects/add/", SchoolRedirectCreateView.as_view()),
        path("redirects/<int:redirect_id>/", SchoolRedirectEditView.as_view()),
    ]
