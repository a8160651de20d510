"""BasePage: what every page type of the site shares."""

from datetime import UTC, datetime
from functools import cached_property
from http import HTTPMethod
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.api import APIField
from wagtail.coreutils import cautious_slugify
from wagtail.models import Page, PagePermissionTester, PageQuerySet, PageViewRestriction
from wagtail.search import index

from cms.media.pictures.page import PicturesMixin
from cms.pages.checks.panel import AdvicePanel
from cms.pages.checks.rules import Advice, advice_on
from cms.pages.forms import PageForm
from cms.pages.indexes import bring_up_to_date, not_indexed
from cms.pages.moderation_panel import ModerationPanel
from cms.pages.reserved_addresses import is_reserved_slug
from cms.pages.search_fields import Field, with_beginnings
from cms.pages.structured_data import JsonLd, absolute_url, breadcrumb_list
from cms.pages.versions import VersionsMixin
from cms.publishing.http.responses import mark_public
from cms.publishing.locales import active_locale
from cms.publishing.signal_handlers import is_private_save
from cms.publishing.visibility import public_trail, restrictions_on
from cms.translations.models import TranslatedPage
from cms.translations.panels import TranslationPanel
from cms.translations.synchronised_fields import holder_of_facts, take_over_facts
from cms.translations.translatable_fields import words_digest

SUMMARY_MAX_LENGTH = 300
# Earlier than anything on this site: a date that feeds can order by and that never moves.
_UNKNOWN_TIME = datetime(2023, 1, 1, tzinfo=UTC)


class EditorialNotePanel(HelpPanel):
    """The editorial note, readable above everything else, where there is one."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.editorial_note)


class BasePage(VersionsMixin, PicturesMixin, TranslatedPage):
    """A page with a summary for cards, search results, the API and the meta description.

    Subclasses extend `content_panels`, `api_fields` and `search_fields`, state their tree rules
    (`parent_page_types`, `subpage_types`, `max_count` or `max_count_per_parent`) and may describe
    themselves to search engines in `structured_data`. Each says which of its fields are words,
    written anew in every language, and which are facts, shared by all: see `cms.translations`.
    """

    # Wagtail is untyped, and this is the one field of its that is set here.
    slug: str
    summary = models.TextField(
        _("summary"),
        max_length=SUMMARY_MAX_LENGTH,
        blank=True,
        help_text=_(
            "One or two sentences in plain words. Shown on cards, in search results here and "
            "elsewhere, and on partner sites."
        ),
    )
    social_image = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("image for social media"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares the page. Ideally 1200 by 630 pixels."),
    )
    editorial_note = models.TextField(
        _("note to the editors"),
        max_length=1000,
        blank=True,
        help_text=_(
            "For colleagues only, for example what still has to be confirmed. "
            "Visitors and partner sites never see it."
        ),
    )

    base_form_class = PageForm
    # An app that gives rights by rules of its own names its own tester.
    permission_tester_class: ClassVar[type[PagePermissionTester]] = PagePermissionTester

    # Pages are read. What is written is written in the admin.
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [
        HTTPMethod.GET,
        HTTPMethod.HEAD,
        HTTPMethod.OPTIONS,
    ]
    # The query parameters that change what the page shows.
    query_parameters: ClassVar[frozenset[str]] = frozenset()

    content_panels: ClassVar[list[Panel]] = [
        ModerationPanel(template="cms/admin/moderation.html"),
        EditorialNotePanel(template="cms/admin/editorial_note.html"),
        TranslationPanel(),
        AdvicePanel(template="cms/admin/advice.html"),
        *Page.content_panels,
        FieldPanel("summary"),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("show_in_menus")], heading=_("Address and menu")
        ),
        MultiFieldPanel(
            [
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("social_image"),
            ],
            heading=_("Search engines and social media"),
        ),
    ]
    settings_panels: ClassVar[list[Panel]] = [*Page.settings_panels, FieldPanel("editorial_note")]

    api_fields: ClassVar[list[APIField]] = [
        APIField("summary"),
        APIField("social_image"),
        APIField("last_published_at"),
    ]
    # By `save`, once the children are written.
    search_auto_update = False
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=1.5),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.slug and not self.slug.isascii():
            # The admin's script does the same, but forms also come without it.
            self.slug = cautious_slugify(self.slug)
        super().clean()
        if self.slug and is_reserved_slug(self.slug):
            raise ValidationError(
                {
                    "slug": _("The site itself uses the address “%(slug)s”. Choose another word.")
                    % {"slug": self.slug}
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page with the facts of its source, or its facts with those of its translations.

        A save of some fields, by which drafts are kept, leaves facts alone.
        """
        fields = kwargs.get("update_fields")
        if is_private_save(fields):
            with not_indexed():
                super().save(*args, **kwargs)
            return
        source = holder_of_facts(self) if fields is None else None
        if source is not None:
            take_over_facts(self, source)
        if fields is None:
            self.words_digest = words_digest(self)
        with transaction.atomic():
            with not_indexed():
                super().save(*args, **kwargs)
            bring_up_to_date(self, carries_facts=source is None and fields is None)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return the page as a revision has it, with the facts as its source has them."""
        page: Self = super().with_content_json(content)
        page.translated_digest, page.translated_at = self.translated_digest, self.translated_at
        source = holder_of_facts(page)
        if source is not None:
            take_over_facts(page, source)
        return page

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> PagePermissionTester:
        """Return what `user` may do to the page."""
        return self.permission_tester_class(user, self)

    def publishing_warnings(self) -> list[Advice]:
        """Return what the page can be published with, but would be better without."""
        return advice_on(self)

    @property
    def meta_description(self) -> str:
        """What search engines show under the title."""
        description: str = self.search_description or self.summary
        return description

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The published, public pages from the home page down to this page's parent."""
        return public_trail(self.path[: -self.steplen])

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what lists go by too; Wagtail's own asks less: see `cms.publishing.visibility`."""
        return restrictions_on(self.path)

    @classmethod
    def get_search_fields(cls) -> list[Field]:
        """Return what the page is found by; editors find it by all that visitors do."""
        return with_beginnings(super().get_search_fields())

    @classmethod
    def for_visitors(cls) -> PageQuerySet:
        """Return the pages of this type with what their template shows of other tables."""
        return cls.objects.select_related("social_image", "locale")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, as public: Wagtail has turned away whoever may not see it."""
        return mark_public(super().serve(request, *args, **kwargs), self.query_parameters)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return the page's entry in the sitemap, with the page itself for its translations."""
        return [url | {"page": self} for url in super().get_sitemap_urls(request)]

    @property
    def foreign_language(self) -> str:
        """The code of the language the page is in, where that is not the reader's."""
        return "" if self.locale_id == active_locale().pk else str(self.locale.language_code)

    @property
    def facts_in_brief(self) -> list[str]:
        """What a search result says beside title and summary, such as when a course is given."""
        return []

    @property
    def changed_at(self) -> datetime:
        """When the public last saw the page change, as far as the page knows.

        A page that was saved live without ever being published does not know.
        """
        return self.last_published_at or self.first_published_at or _UNKNOWN_TIME

    def structured_data(self, base_url: str) -> list[JsonLd]:
        """Return what this page is in schema.org's terms, one dictionary per thing.

        `base_url` (scheme and host) goes before addresses. Here: the way to the page.
        """
        way = [*self.breadcrumbs, self] if self.breadcrumbs else []
        steps = [(page.title, absolute_url(page, base_url)) for page in way]
        return [breadcrumb_list(steps)] if steps else []
