"""No page, feed or answer fails for an image whose file is lost or broken: it is left out."""

import io
from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import GroupCollectionPermission, Page

from cms.models import SiteImage
from cms.models.image import RETRY_AFTER
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import ContentPageFactory
from tests.html import read, read_json
from tests.partners.contract import API, LISTS
from tests.school import School
from tests.story import story

IMAGES = "/admin/images/"
PUBLIC = (
    "/everything/",
    "/search/?q=school",
    "/sitemap.xml",
    "/courses/calendar.ics",
    "/courses/feed.atom",
    "/courses/gmp/calendar.ics",
)


def _photo() -> bytes:
    content = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(content, "JPEG")
    return content.getvalue()


@pytest.fixture(params=["missing", "truncated", "no picture"])
def broken(request: pytest.FixtureRequest, school: School) -> Iterator[SiteImage]:
    """An image, shown wherever the site shows any, as a backup may bring it back."""
    everything = ContentPageFactory(
        parent=school.home, title="Everything", slug="everything", body=story(school)
    )
    everything.save_revision()
    school.university.logo = school.image
    school.university.save()
    image = school.image
    image.renditions.all().delete()
    name = image.file.name
    original = image.file.open().read()
    image.file.close()
    default_storage.delete(name)
    if request.param != "missing":
        content = _photo()[:2_000] if request.param == "truncated" else b"<html>No such file"
        assert default_storage.save(name, io.BytesIO(content)) == name
    yield image
    # Other tests borrow the same site.
    default_storage.delete(name)
    assert default_storage.save(name, io.BytesIO(original)) == name


def test_whatever_shows_a_broken_image_leaves_it_out(
    broken: SiteImage, school: School, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for address in (*school.pages, *PUBLIC):
        response = client.get(address)
        assert response.status_code == 200, address
        content = response.text
        assert not {word for word in ("not-found", "<picture") if word in content}, address
        assert "A. Photographer" not in content, address
    social = read(client, "/courses/gmp/").select_one("meta[property='og:image']")
    assert social
    assert str(social["content"]).startswith("http://testserver/social/")
    for name in LISTS:
        for item in read_json(client, f"{API}{name}/?fields=*&limit=100")["items"]:
            detail = read_json(client, item["meta"]["detail_url"])
            assert "not-found" not in str(detail) + str(item)
    assert read_json(client, f"{API}images/{broken.pk}/")["renditions"] == []
    failures = [r for r in caplog.records if "cannot be shown" in r.getMessage()]
    assert [bool(failure.exc_info) for failure in failures] == [True]


def test_the_admin_works_with_a_broken_image_and_says_what_to_do(
    broken: SiteImage, school: School, editor: Client
) -> None:
    everything = Page.objects.get(slug="everything")
    edit = f"{IMAGES}{broken.pk}/"
    for address in (
        IMAGES,
        f"{IMAGES}chooser/",
        f"{IMAGES}chooser/chosen/{broken.pk}/",
        f"{IMAGES}usage/{broken.pk}/",
        f"{IMAGES}{broken.pk}/delete/",
        f"/admin/pages/{everything.pk}/edit/",
        f"/admin/pages/{school.home.pk}/edit/",
        f"/admin/pages/{everything.pk}/view_draft/",
        edit,
    ):
        assert editor.get(address).status_code in {200, 302}, address
    preview = editor.get(f"{edit}preview/width-480/")
    assert preview.status_code == 404
    assert preview.text.endswith("its file is missing or damaged.")
    panel = read(editor, "/admin/").select_one("#broken-images-section")
    assert panel
    assert panel.select_one(f"a[href='{edit}']")
    assert "Change image file" in panel.text

    # Another title is no other file; another file is shown at once, and complained of no more.
    form = AdminForm(editor, edit, SETTINGS_FORM)
    form["title"] = "Clean room in Lund"
    form.save()
    assert "not-found" in editor.get(f"{IMAGES}?q=Lund").text
    assert "broken-images" in editor.get("/admin/").text
    form = AdminForm(editor, edit, SETTINGS_FORM)
    photo = SimpleUploadedFile("room.jpg", _photo(), "image/jpeg")
    assert editor.post(edit, {**form.fields, "file": photo}).status_code == 302
    assert "<picture>" in editor.get("/everything/").text
    assert "broken-images" not in editor.get("/admin/").text


def test_a_file_that_is_put_back_is_shown_again_on_pages_that_are_kept_without_it(
    school: School, client: Client
) -> None:
    image = school.image
    content = image.file.open().read()
    image.file.close()
    assert "<picture" in client.get("/").text
    image.save()
    image.renditions.all().delete()
    default_storage.delete(image.file.name)
    assert "<picture" not in client.get("/").text
    assert default_storage.save(image.file.name, io.BytesIO(content)) == image.file.name

    # It is not looked for at once.
    call_command("run_scheduler", once=True, stdout=io.StringIO())
    assert client.get("/").headers["Cache-Status"] == "atmp; hit"
    SiteImage.objects.update(failed_at=timezone.now() - 2 * RETRY_AFTER)
    # A page that is made anew shows it, which those that are kept don't know.
    assert "<picture" in client.get("/?new=1").text
    assert "<picture" not in client.get("/").text
    call_command("run_scheduler", once=True, stdout=io.StringIO())
    assert "<picture" in client.get("/").text
    assert not SiteImage.objects.exclude(failed_at=None).exists()


def test_only_those_who_may_change_an_image_hear_of_it(school: School, editor: Client) -> None:
    SiteImage.objects.update(failed_at=timezone.now())
    assert "broken-images" in editor.get("/admin/").text
    GroupCollectionPermission.objects.filter(permission__codename="change_image").delete()
    assert "broken-images" not in editor.get("/admin/").text
