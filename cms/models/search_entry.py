"""What visitors find a page by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The words of one page, as they are compared. Made anew by each save of the page.

    It may hold words of a page that is not public: `cms.search.entries` reads those of public
    pages and no others.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    # The words of the title, in order.
    title = models.TextField(blank=True)
    # A list of pairs: how much a field counts, and its words, each once. The weightiest first.
    fields = models.JSONField(default=list)
    # Those words that are spelt with accents, as they are spelt.
    accented = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.title
