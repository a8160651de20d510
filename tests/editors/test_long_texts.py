"""A whole text, pasted where a few words are meant, gets a response too."""

import pytest
from django.test import Client

from tests.admin_forms import AdminForm, errors_beside
from tests.html import parse, words
from tests.school import School

SEARCHES = [
    *("/admin/pages/", "/admin/pages/search/", "/admin/images/", "/admin/documents/"),
    *("/admin/choose-page/search/", "/admin/images/chooser/results/"),
    *("/admin/documents/chooser/results/", "/search/", "/courses/"),
    "/admin/snippets/cms/university/",
]
TEXTS = {
    "words": " ".join(f"word{number}" for number in range(1000)),
    "phrases": '"a phrase" ' * 500,
    "signs": "<a href='b'>-c</a> & | ! ( " * 100,
    "no word": '"',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("address", SEARCHES)
def test_whoever_searches_for_a_whole_text_gets_a_response(
    address: str, text: str, school: School, moderator: Client
) -> None:
    assert moderator.get(address, {"q": text}).status_code == 200


@pytest.mark.parametrize("address", ["/admin/pages/", "/admin/images/", "/admin/documents/"])
def test_what_is_searched_for_is_found_by_its_first_words(
    address: str, school: School, moderator: Client
) -> None:
    title = {"images": school.image.title, "documents": school.document.title}
    wanted = str(title.get(address.split("/")[2], school.course.title))

    def is_found(text: str) -> bool:
        return wanted in words(parse(moderator.get(address, {"q": text}))).replace(text.strip(), "")

    assert is_found(f"{wanted} " * 32 + "xylophone " * 500)
    assert not is_found(f"{wanted} xylophone")


@pytest.mark.parametrize("thing", ["image", "document"])
def test_a_tag_that_is_too_long_is_refused_for_many_as_for_one(
    thing: str, school: School, moderator: Client
) -> None:
    chosen = getattr(school, thing)
    model = chosen._meta
    address = f"/admin/bulk/{model.app_label}/{model.model_name}/add_tags/?id={chosen.pk}"
    form = AdminForm(moderator, address, "form:has([name=tags])")
    form["tags"] = f"short, {'x' * 101}"
    response = form.send()
    assert "over 100 characters" in errors_beside(response, "tags")
    assert not chosen.tags.exists()
    form["tags"] = "short,shorter"
    form.save()
    assert set(chosen.tags.names()) == {"short", "shorter"}
