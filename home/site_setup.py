"""The records a site cannot be without. Everything here can be repeated and deletes nothing."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site

from cms.models import SiteSettings
from cms.operations.starter_content.files import read
from home.models import HomePage

# What Wagtail's first migration leaves behind.
PLACEHOLDER_TITLE = "Welcome to your new Wagtail site!"
DEFAULT_HOSTNAME = "localhost"
DEFAULT_PORTS = {"http": 80, "https": 443}


def ensure_locales() -> Locale:
    """Have every language of the site; return the one the school writes in first."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return Locale.objects.get(language_code=code)


def ensure_roots(locale: Locale) -> list[str]:
    """Give the trees of pages and of collections the roots that Wagtail's migrations make.

    They are gone where somebody emptied the database with `flush`.
    """
    done = []
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
        done.append("page tree created")
    if Collection.get_first_root_node() is None:
        Collection.add_root(instance=Collection(name="Root"))
        done.append("collections created")
    return done


def ensure_home_page(locale: Locale) -> tuple[HomePage, list[str]]:
    """Return the home page in `locale`, and what was done to have one.

    A home page that is there is taken as it is. Wagtail's placeholder becomes the home page
    while nobody has touched it; where it is gone, or somebody's, a new home page is made.
    """
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    existing = HomePage.objects.child_of(root).filter(locale=locale).order_by("path")
    if site is not None:
        current = existing.filter(pk=site.root_page_id).first()
        if current is not None:
            return current, []
    found = existing.first()
    if found is not None:
        return found, []
    placeholder = _untouched_placeholder(root)
    if placeholder is not None:
        return _retype(placeholder, locale), ["home page made of Wagtail's placeholder"]
    words = read("home", "en/home")
    home = HomePage(title=words["title"], slug="home", headline=words["headline"], locale=locale)
    if root.get_children().filter(slug=home.slug).exists():
        home.slug = ""
    root.add_child(instance=home)
    home.save_revision().publish()
    return home, ["home page created"]


def ensure_translated_homes(home: HomePage) -> list[str]:
    """Have a home page in every other language, as a draft: what is translated goes below it."""
    missing = Locale.objects.exclude(
        pk__in=home.get_translations(inclusive=True).values("locale_id")
    ).filter(language_code__in=dict(settings.WAGTAIL_CONTENT_LANGUAGES))
    for locale in missing:
        home.copy_for_translation(locale)
    return [f"home page in {locale.language_name} drafted" for locale in missing]


def ensure_site(home: HomePage, base_url: str) -> tuple[Site, list[str]]:
    """Return the default site, rooted at a page of ours, and what was done.

    Its name and address are set only while they are Wagtail's. A root page of another type than
    Wagtail's plain one was chosen by somebody and stays.
    """
    done = []
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        site = Site(hostname=DEFAULT_HOSTNAME, is_default_site=True, root_page=home)
        done.append("site created")
    elif site.root_page.specific_class is Page:
        site.root_page = home.page_ptr
        done.append("home page put at the root of the site")
    if not site.site_name:
        site.site_name = read("home", "en/home")["title"]
        done.append(f"site named “{site.site_name}”")
    address = _address(base_url)
    if address and site.hostname == DEFAULT_HOSTNAME and address != (site.hostname, site.port):
        others = Site.objects.exclude(pk=site.pk)
        if not others.filter(hostname=address[0], port=address[1]).exists():
            site.hostname, site.port = address
            done.append(f"address set to {address[0]}:{address[1]}")
    if done:
        site.save()
    return site, done


def ensure_settings(site: Site) -> list[str]:
    """Give the site its record of contact details, empty: nobody else can know them."""
    _settings, created = SiteSettings.objects.get_or_create(site=site)
    return ["settings created"] if created else []


def _untouched_placeholder(root: Page) -> Page | None:
    """Return Wagtail's welcome page if it is as the migration made it."""
    return (
        root.get_children()
        .filter(
            title=PLACEHOLDER_TITLE,
            slug="home",
            numchild=0,
            owner=None,
            latest_revision=None,
            content_type=ContentType.objects.get_for_model(Page),
        )
        .first()
    )


def _retype(placeholder: Page, locale: Locale) -> HomePage:
    """Give the placeholder's row the row in the home page's table that makes it a home page."""
    words = read("home", "en/home")
    # Raw, as fixtures are loaded: writes the home page's table only, not the page's again.
    HomePage(page_ptr=placeholder, headline=words["headline"]).save_base(raw=True)
    home = HomePage.objects.get(pk=placeholder.pk)
    home.content_type = ContentType.objects.get_for_model(HomePage)
    home.title = home.draft_title = words["title"]
    home.locale = locale
    home.save()
    home.save_revision().publish()
    return home


def _address(base_url: str) -> tuple[str, int] | None:
    """Return the host name and port of an address, or None where it has none."""
    parts = urlsplit(base_url)
    if not parts.hostname or parts.scheme not in DEFAULT_PORTS:
        return None
    return parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme]
