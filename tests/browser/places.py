"""The site the browser tests walk through: the school's own, with everything on it."""

from io import StringIO

from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

from about.models import AboutPage, FundingPage, MissionPage, VisionPage
from cms.models import SiteImage, University
from courses.models import CourseIndexPage, CoursePage, DevelopmentStage
from home.models import ContentPage, HomePage
from tests.browser.office import fill_office
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.school import School
from tests.story import story

# Only the test of passkeys signs in as this moderator, and changes the account.
PASSKEY_USER = "passkey-user"
COURSE = "/courses/introduction-to-atmps/"
BARE_COURSE = "/courses/immunology-of-cell-therapies/"
EVERYTHING = "/everything/"
# The only course of which nobody has made a Swedish page.
UNTRANSLATED_COURSE = "/courses/european-regulation-of-atmps/"
PICTURE = "Clean room"
SYLLABUS = "Syllabus of the introduction"
# A superuser who can log in to the admin.
ADMINISTRATOR = "root"

# Every page type, and every state that looks different.
PLACES = {
    "home": "/",
    "about": "/about/",
    "vision": "/about/vision/",
    "mission": "/about/mission/",
    "funding": "/about/funding/",
    "courses": "/courses/",
    "courses filtered": "/courses/?stage=regulation&open=on&mode=hybrid",
    "courses with a wrong filter": "/courses/?mode=telepathy",
    "courses, none found": "/courses/?q=xylophone",
    "course": COURSE,
    "course without sessions": BARE_COURSE,
    "every block": EVERYTHING,
    "contact": "/contact/",
    "search": "/search/",
    "search with results": "/search/?q=therapy",
    "search with a typing error": "/search/?q=regulaton",
    "search without results": "/search/?q=xylophone",
    "not found": "/abuot/",
    "not translated": UNTRANSLATED_COURSE,
}
IN_SWEDISH = {
    "home": "/sv/",
    "about": "/sv/om-oss/",
    "funding": "/sv/om-oss/finansiering/",
    "courses": "/sv/kurser/",
    "courses filtered": "/sv/kurser/?stage=regulation&open=on&mode=hybrid",
    "course": "/sv/kurser/introduktion-till-atmp/",
    "search with results": "/sv/search/?q=terapi",
    "not found": "/sv/krser/",
}
PLACES |= {f"{place}, in Swedish": address for place, address in IN_SWEDISH.items()}


def build_site() -> None:
    """Set up the school with its own content, the sample courses and a page with every block."""
    for command in ("setup_site", "load_school_content"):
        call_command(command, stdout=StringIO())
    call_command("load_sample_courses", force=True, stdout=StringIO())
    UserFactory.create(username=PASSKEY_USER, groups=["Moderators"])
    english = Locale.objects.get(language_code="en")
    home = HomePage.objects.get(locale=english)
    contact = ContentPageFactory(
        parent=home, title="Contact", slug="contact", lead="Write to us.", show_in_menus=True
    )
    everything = ContentPageFactory(parent=home, title="Every block", slug="everything")
    image = ImageFactory(
        title=PICTURE,
        description="A clean room",
        credit="A. Photographer",
        file__width=1600,
        file__height=1000,
    )
    DocumentFactory(title=SYLLABUS)
    school = find_school()
    everything.body = story(school)
    everything.save()
    UserFactory.create(username=ADMINISTRATOR, is_superuser=True, is_staff=True)
    home.refresh_from_db()
    home.hero_image = image
    home.save()
    school.course.syllabus = school.document
    school.course.save()
    _publish_in_swedish(all_but=CoursePage.objects.get(slug=UNTRANSLATED_COURSE.split("/")[-2]))
    fill_office(contact, school.other_course)


def find_school() -> School:
    """Return the pages and things of the site by what they are."""
    english = Locale.objects.get(language_code="en")
    return School(
        home=HomePage.objects.get(locale=english),
        about=AboutPage.objects.get(locale=english),
        vision=VisionPage.objects.get(locale=english),
        mission=MissionPage.objects.get(locale=english),
        funding=FundingPage.objects.get(locale=english),
        index=CourseIndexPage.objects.get(locale=english),
        course=CoursePage.objects.get(slug="introduction-to-atmps", locale=english),
        other_course=CoursePage.objects.get(slug="immunology-of-cell-therapies", locale=english),
        contact=ContentPage.objects.get(slug="contact", locale=english),
        university=University.objects.get(short_name="LU"),
        partner=University.objects.get(short_name="UmU"),
        stage=DevelopmentStage.objects.get(slug="regulation"),
        image=SiteImage.objects.get(title=PICTURE),
        document=Document.objects.get(title=SYLLABUS),
    )


def _publish_in_swedish(all_but: CoursePage) -> None:
    drafts = Page.objects.filter(locale__language_code="sv").order_by("path")
    for draft in drafts.exclude(translation_key=all_but.translation_key):
        draft.get_latest_revision().publish()
