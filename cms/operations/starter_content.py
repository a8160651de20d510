"""Loading what a new site starts with, without ever touching what staff made of it.

Apps give their part as a Wagtail hook, `load_school_content(site)`, which returns a phrase for
each thing it made; the command of that name runs them in order. The rules, kept by the functions
below: what exists is left alone, edited or not, published or not; and once a member of staff has
deleted one thing of a kind, that kind is theirs and nothing of it is loaded again.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from cms.models import University

HOOK_NAME = "load_school_content"


@dataclass(frozen=True, slots=True)
class FoundingUniversity:
    """One of the five universities that founded the school, as in the ROR registry."""

    name: str
    name_sv: str
    short_name: str
    city: str
    website: str
    ror_id: str
    city_sv: str = ""


# In the order in which the school's own texts name them.
FOUNDING_UNIVERSITIES = (
    FoundingUniversity(
        name="Lund University",
        name_sv="Lunds universitet",
        short_name="LU",
        city="Lund",
        website="https://www.lunduniversity.lu.se",
        ror_id="https://ror.org/012a77v79",
    ),
    FoundingUniversity(
        name="Umeå University",
        name_sv="Umeå universitet",
        short_name="UmU",
        city="Umeå",
        website="https://www.umu.se/en/",
        ror_id="https://ror.org/05kb8h459",
    ),
    FoundingUniversity(
        name="Uppsala University",
        name_sv="Uppsala universitet",
        short_name="UU",
        city="Uppsala",
        website="https://www.uu.se/en",
        ror_id="https://ror.org/048a87296",
    ),
    FoundingUniversity(
        name="Karolinska Institutet",
        name_sv="Karolinska Institutet",
        short_name="KI",
        city="Stockholm",
        website="https://ki.se/en",
        ror_id="https://ror.org/056d84691",
    ),
    FoundingUniversity(
        name="University of Gothenburg",
        name_sv="Göteborgs universitet",
        short_name="GU",
        city="Gothenburg",
        city_sv="Göteborg",
        website="https://www.gu.se/en",
        ror_id="https://ror.org/01tm6cn81",
    ),
)


def load_universities() -> list[str]:
    """Create the founding universities that are missing, matched by their ROR id."""
    if deleted_by_staff(University):
        return []
    known = set(University.objects.values_list("ror_id", flat=True))
    taken = set(University.objects.values_list("short_name", flat=True))
    loaded = []
    for order, founder in enumerate(FOUNDING_UNIVERSITIES, start=1):
        if founder.ror_id in known or founder.short_name in taken:
            continue
        save_checked(University(**asdict(founder), founding_partner=True, sort_order=order))
        loaded.append(f"university {founder.short_name}")
    return loaded


def save_checked(instance: Model) -> None:
    """Save a snippet as its editing form would: only where all its rules hold."""
    instance.full_clean()
    instance.save()


def publish_once[PageType: Page](page: PageType, parent: Page) -> PageType | None:
    """Add `page` under `parent` and publish it, unless its kind is already there or was deleted.

    "There" is anywhere under `parent`, in whatever state: staff may have moved or unpublished it.
    Where another page has the address, Wagtail makes one from the title. Returns the published
    page, or None where nothing was done, because of the above or of the page types' tree rules.
    """
    kind = type(page)
    if kind.objects.descendant_of(parent).exists() or deleted_by_staff(kind):
        return None
    if not kind.can_create_at(parent.get_specific()):
        return None
    return publish(page, parent)


def publish[PageType: Page](page: PageType, parent: Page) -> PageType:
    """Add `page` under `parent` and publish it as staff would: through a revision."""
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = ""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def paragraphs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return StoryBlock children of type paragraph, one a text."""
    return [("paragraph", f"<p>{text}</p>") for text in texts]


def bullet_list(items: Iterable[str]) -> str:
    """Return rich text: a list of `items`."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def deleted_by_staff(kind: type[Model]) -> bool:
    """Return whether a member of staff has ever deleted an instance of `kind` in the admin."""
    log = registry.get_log_model_for_model(kind)
    return log.objects.filter(
        action="wagtail.delete",
        content_type=ContentType.objects.get_for_model(kind),
        user__isnull=False,
    ).exists()


def touched_by_staff(page: Page) -> bool:
    """Return whether a member of staff has ever done anything to `page` in the admin."""
    return PageLogEntry.objects.filter(page=page.pk, user__isnull=False).exists()
