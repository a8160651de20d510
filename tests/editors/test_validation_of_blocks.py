"""A mistake in a link, a video or an image is explained at the block it is in."""

import pytest
from django.test import Client

from tests.admin_forms import AdminForm, errors_in_block
from tests.school import School

PAGE, ELSEWHERE = "page", "https://example.org/"


@pytest.mark.parametrize(
    ("link", "field", "message"),
    [
        (
            {"label": "Go", "page": PAGE, "url": ELSEWHERE},
            "url",
            "Choose a page or give an address, not both.",
        ),
        (
            {"label": "Go", "page": "", "url": ""},
            "page",
            "Say where the link leads: choose a page or give an address.",
        ),
        ({"label": "", "page": PAGE, "url": ""}, "label", "This field is required."),
        (
            {"label": "Go", "page": "", "url": "javascript:alert(1)"},
            "url",
            "Enter a valid URL. Enter a web address that begins with https:// or http://.",
        ),
    ],
)
def test_a_link_leads_to_exactly_one_place(
    link: dict[str, str], field: str, message: str, school: School, moderator: Client
) -> None:
    link = {**link, "page": str(school.index.pk) if link["page"] else ""}
    form = AdminForm(moderator, f"/admin/pages/{school.home.pk}/edit/")
    form.stream("calls_to_action", [("link", link)])
    errors = errors_in_block(form.press("action-publish"), "calls_to_action")
    assert errors == {f"0.{field}": message}


def test_an_audience_needs_no_link_but_a_link_needs_words(
    school: School, moderator: Client
) -> None:
    audience = {"name": "Students", "description": "Courses."}
    form = AdminForm(moderator, f"/admin/pages/{school.about.pk}/edit/")
    form.stream(
        "audiences", [("audience", {**audience, "link": {"label": "", "page": "", "url": ""}})]
    )
    form.save("action-publish")

    form = AdminForm(moderator, f"/admin/pages/{school.about.pk}/edit/")
    form.stream(
        "audiences",
        [("audience", {**audience, "link": {"label": "", "page": "", "url": ELSEWHERE}})],
    )
    errors = errors_in_block(form.press("action-publish"), "audiences")
    assert errors == {"0.link.label": "Write the text of the link."}


@pytest.mark.parametrize(
    "url",
    [
        "https://videos.example.org/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/@somebody",
        "http://vimeo.com/channels/staffpicks",
    ],
)
def test_a_video_of_an_unknown_provider_is_refused(
    url: str, school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
    form.stream("body", [("video", {"url": url, "title": "A video", "description": ""})])
    errors = errors_in_block(form.press("action-publish"), "body")
    assert errors == {
        "0.url": "This is not the address of a video on YouTube, Vimeo or SUNET Play."
    }


def test_an_image_needs_a_description_unless_it_is_decorative(
    school: School, moderator: Client
) -> None:
    def post(**image: str) -> AdminForm:
        form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
        form.stream(
            "body",
            [("image", {"image": {"image": str(school.image.pk), **image}, "caption": ""})],
        )
        return form

    errors = errors_in_block(post(alt_text="", decorative="").press("action-publish"), "body")
    assert list(errors) == ["0.image.alt_text"]
    post(alt_text="", decorative="on").save("action-publish")
    post(alt_text="A clean room", decorative="").save("action-publish")
