"""Drafts of the two pages that Swedish and European law ask of a public website.

Nobody but the school can know what they have to say in the end, so they are never published
here. Each carries a note of what is to be confirmed; the footer links each once it is published.
"""

from dataclasses import dataclass
from typing import Any, Final

from wagtail.models import Page, Site

from cms.models import SiteSettings
from cms.operations.starter_content import deleted_by_staff
from home.models import ContentPage

type Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is to be, and the field of the site's settings that links it."""

    setting: str
    slug: str
    title: str
    summary: str
    lead: str
    note: str
    sections: tuple[Section, ...]


ACCESSIBILITY: Final = Draft(
    setting="accessibility_page",
    slug="accessibility",
    title="Accessibility statement",
    summary="How accessible this website is, and what to do where it is not.",
    lead=(
        "We want everyone to be able to use this website. Here we say how far it follows the Act "
        "on Accessibility to Digital Public Services (2018:1937), and how you can tell us of "
        "anything that keeps you out."
    ),
    note=(
        "To be confirmed before publishing (Act 2018:1937, sections 12 to 14, and the "
        "regulations of the Agency for Digital Government, DIGG, MDFFS 2019:2): which university "
        "is responsible; the e-mail address, telephone number and time of answer; the "
        "result and date of an assessment, made by whom; the list of known shortcomings; and "
        "the supervising authority and its address for complaints as they are today. "
        "Replace everything in square brackets."
    ),
    sections=(
        (
            "How accessible is this website?",
            (
                "The website is built to follow the Web Content Accessibility Guidelines (WCAG) "
                "2.2 at level AA, and thereby the standard EN 301 549 that the Act refers to. "
                "Every change of the website is tested by program with a browser: colours, "
                "keyboard, magnification and the structure that screen readers use.",
                "[Known shortcomings, or: We know of no part of the website that cannot be used.]",
            ),
        ),
        (
            "What if you cannot use a part of it?",
            (
                "Write to [e-mail address] or call [telephone number] if you need content from "
                "this website in another form, or if something does not work for you. We answer "
                "within [number] working days.",
            ),
        ),
        (
            "Tell us what is wrong",
            (
                "If you find a problem that is not described here, or if you think that the "
                "website does not meet the law's requirements, tell us: [e-mail address]. Then we"
                " know that the problem exists.",
            ),
        ),
        (
            "Supervision",
            (
                "The Agency for Digital Government (DIGG) supervises that the Act is followed. If "
                "you are not content with how we deal with your remarks, you can "
                '<a href="https://www.digg.se/en">complain to DIGG</a>.',
            ),
        ),
        (
            "How the website was tested",
            (
                "[Who assessed the website, how, and when: a self-assessment or an independent "
                "audit.] This statement was last reviewed on [date].",
            ),
        ),
    ),
)

PRIVACY: Final = Draft(
    setting="privacy_page",
    slug="privacy",
    title="Privacy",
    summary="Which personal data this website handles, why, and what your rights are.",
    lead=(
        "You can read this website without telling us who you are. It sets no cookie for visitors."
    ),
    note=(
        "To be confirmed before publishing (Regulation (EU) 2016/679, articles 13 and 14): which "
        "university is the controller; its data protection officer; how long the server's log is "
        "kept and where; the legal basis for naming teachers and contacts; who runs the server. "
        "Replace everything in square brackets."
    ),
    sections=(
        (
            "Who is responsible",
            (
                "[University, address, organisation number] is the controller of the personal data "
                "handled here. Its data protection officer: [e-mail address].",
            ),
        ),
        (
            "When you visit",
            (
                "The website sets no cookies for visitors, stores nothing on your device, measures "
                "nobody and loads nothing from other companies. A video from elsewhere is loaded "
                "only when you ask for it.",
                "The server keeps a log of requests, with addresses on the internet, to keep the "
                "website running and safe. It is deleted after [number] days.",
            ),
        ),
        (
            "When you write to us or apply",
            (
                "What you write in an e-mail is handled to answer you. E-mail to a public "
                "authority can become a public document under Swedish law. Applications to "
                "courses are made to the university that gives the course, which handles them as "
                "their controller.",
            ),
        ),
        (
            "People named on the website",
            (
                "Names, roles and work addresses of teachers and contacts are published so that "
                "students can reach them. [Legal basis.] Write to us if something about you is "
                "wrong or should not be here.",
            ),
        ),
        (
            "Your rights",
            (
                "You may ask which data about you we handle, and have them corrected, deleted or "
                "restricted, or object to their use: [e-mail address]. If you think that we handle "
                "them wrongly, you can complain to the "
                '<a href="https://www.imy.se/en/">Swedish Authority for Privacy Protection '
                "(IMY)</a>.",
            ),
        ),
    ),
)


def load(site: Site) -> list[str]:
    """Add the drafts that are missing, and link them; return a phrase for each.

    What the settings link already stays linked, and a page at the address stays as it is.
    """
    if deleted_by_staff(ContentPage):
        return []
    settings = SiteSettings.for_site(site)
    loaded = []
    for draft in (ACCESSIBILITY, PRIVACY):
        is_linked = getattr(settings, f"{draft.setting}_id") is not None
        taken = site.root_page.get_children().filter(slug=draft.slug).exists()
        if not is_linked and not taken:
            setattr(settings, draft.setting, _add(draft, site.root_page))
            loaded.append(f"draft “{draft.title}”")
    if loaded:
        settings.save()
    return loaded


def body_of(draft: Draft) -> list[tuple[str, Any]]:
    """Return the sections as StoryBlock children."""
    return [
        block
        for heading, paragraphs in draft.sections
        for block in (
            ("heading", {"text": heading, "level": "h2"}),
            *(("paragraph", f"<p>{paragraph}</p>") for paragraph in paragraphs),
        )
    ]


def _add(draft: Draft, home: Page) -> Page:
    page = ContentPage(
        title=draft.title,
        slug=draft.slug,
        summary=draft.summary,
        lead=draft.lead,
        editorial_note=draft.note,
        body=body_of(draft),
        live=False,
    )
    home.add_child(instance=page)
    page.save_revision()
    return page.page_ptr
