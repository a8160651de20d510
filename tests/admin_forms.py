"""Fills in the admin's forms as a browser does: everything a form holds is sent back with it."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

from bs4 import BeautifulSoup, Tag
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.blocks import RICH_TEXT_FEATURES
from testing.form_data import as_lists, block_arguments, controls, fields_of
from tests.html import Response, parse, words

PAGE_FORM = "#page-edit-form"
# Snippets, settings, accounts, images: everything in the admin that is no page.
SETTINGS_FORM = "#w-editor-form"


class AdminForm:
    """A form of the admin, with the values a browser would send."""

    def __init__(self, client: Any, address: str, selector: str = PAGE_FORM) -> None:
        response = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        document = parse(response)
        form = document.select_one(selector)
        assert form is not None, f"{address} shows no form {selector}"
        self._take(client, address, document, form)

    @classmethod
    def of(cls, client: Any, address: str, document: BeautifulSoup, form: Tag) -> Self:
        """Return the form that `form` of a document is, which is sent to `address`."""
        new = cls.__new__(cls)
        new._take(client, address, document, form)
        return new

    def _take(self, client: Any, address: str, document: BeautifulSoup, form: Tag) -> None:
        self.client = client
        self.address = address
        self.document = document
        self.form = form
        self.fields = fields_of(form)

    def __setitem__(self, name: str, value: str | list[str]) -> None:
        assert name in self.fields or name in _names(self.form), f"The form has no field {name}"
        self.fields[name] = value if isinstance(value, list) else [value]

    def __getitem__(self, name: str) -> str:
        return self.fields[name][0]

    @property
    def buttons(self) -> set[str]:
        """What the submit buttons that are offered do, such as `action-publish`."""
        return {
            str(button["name"])
            for button in self.form.select("button[name], input[type=submit][name]")
        }

    def untick(self, name: str) -> None:
        """Clear a checkbox, which is then not sent."""
        self.fields.pop(name, None)

    def write(self, name: str, text: str) -> None:
        """Put a text into a rich-text field."""
        self[name] = rich_text(f"<p>{text}</p>", features=RICH_TEXT_FEATURES)

    def stream(self, name: str, blocks: list[tuple[str, Any]]) -> None:
        """Replace the blocks of a StreamField."""
        for field in [field for field in self.fields if field.startswith(f"{name}-")]:
            del self.fields[field]
        self.fields |= as_lists(nested_form_data({name: streamfield(blocks)}))

    def add(self, formset: str, **values: str) -> None:
        """Add a row to an inline list and fill it in."""
        template = self.form.select_one(f"#id_{formset}-EMPTY_FORM_TEMPLATE")
        assert template is not None, f"The form has no list {formset}"
        number = int(self[f"{formset}-TOTAL_FORMS"])
        for name, value in controls(template, within_template=True):
            self.fields[name.replace("__prefix__", str(number))] = [value]
        self.fields[f"{formset}-TOTAL_FORMS"] = [str(number + 1)]
        for name, value in values.items():
            field = f"{formset}-{number}-{name}"
            assert field in self.fields, f"A row of {formset} has no field {name}"
            self.fields[field] = [value]

    def send(self, button: str = "") -> Response:
        """Submit the form, with a button that need not be there."""
        data: dict[str, Any] = {**self.fields, **({button: "1"} if button else {})}
        return self.client.post(self.address, data)

    def press(self, button: str) -> Response:
        """Submit the form with one of the buttons it offers."""
        assert button in self.buttons, f"{button} is not offered, only {self.buttons}"
        return self.send(button)

    def send_mistakes(
        self, mistakes: Iterable[tuple[str, str, str]], button: str = ""
    ) -> Iterator[Response]:
        """Send wrong values, given as field, value and message: each has to be explained.

        As many fields at a time as there are; every response that comes back is yielded, and the
        next begins with the form as it was read.
        """
        as_read = dict(self.fields)
        waiting = list(mistakes)
        while waiting:
            now = {name: (value, message) for name, value, message in reversed(waiting)}
            for name, (value, _message) in now.items():
                self[name] = value
            response = self.send(button)
            for name, (value, message) in now.items():
                said = errors_beside(response, name)
                assert message in said, f"{name}, {value!r}: {said!r}"
                assert keeps(response, name, value), f"{name} has lost {value!r}"
            yield response
            waiting = [row for row in waiting if now.get(row[0]) != row[1:]]
            self.fields = dict(as_read)

    def save(self, button: str = "") -> Response:
        """Submit the form, which has to be accepted."""
        response = self.press(button) if button else self.send()
        assert response.status_code == 302, all_errors(response)
        return response


def errors_beside(response: Response, name: str) -> str:
    """Return what a form that came back says next to the field called `name`."""
    assert response.status_code == 200, "The form was accepted."
    control = parse(response).select_one(f"[name='{name}']")
    assert control is not None, f"The form that came back has no field {name}"
    wrapper = control.find_parent(attrs={"data-field-wrapper": True})
    assert wrapper is not None, f"The field {name} stands on its own"
    return " ".join(words(error) for error in wrapper.select("[data-field-errors]"))


def value_shown(response: Response, name: str) -> str:
    """Return what stands in a field of the form that came back."""
    control = parse(response).select_one(f"[name='{name}']")
    assert isinstance(control, Tag)
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    return str(control.get("value", ""))


def keeps(response: Response, name: str, value: str) -> bool:
    """Tell whether a text field still holds what was typed; choices hold what can be chosen."""
    control = parse(response).select_one(f"[name='{name}']")
    assert isinstance(control, Tag)
    is_choice = control.name == "select" or control.get("type") in {"hidden", "checkbox"}
    # HTML has no way to write this character.
    shown = value_shown(response, name).replace("\x00", "").replace("�", "")
    return is_choice or shown == value.replace("\x00", "")


def errors_in_block(response: Response, name: str) -> dict[str, str]:
    """Return the messages at a StreamField's blocks, by the path of the field within it."""
    assert response.status_code == 200, "The form was accepted."
    block = parse(response).select_one(f"#{name}[data-block]")
    assert block is not None, f"The form that came back has no StreamField {name}"
    return dict(_messages(block_arguments(block)[1], ""))


def all_errors(response: Response) -> str:
    """Return everything a form complains about, for a test's own message."""
    document = parse(response)
    texts = [words(error) for error in document.select(".error-message, .messages .error")]
    blocks = [block_arguments(block)[1] for block in document.select("[data-block]")]
    return f"{response.status_code}: {texts} {[errors for errors in blocks if errors]}"


def _messages(errors: Any, path: str) -> Iterator[tuple[str, str]]:
    if not errors:
        return
    if messages := errors.get("messages"):
        yield path, " ".join(messages)
    for key, inner in (errors.get("blockErrors") or {}).items():
        yield from _messages(inner, f"{path}.{key}" if path else key)


def _names(form: Tag) -> set[str]:
    return {str(control["name"]) for control in form.select("[name]")}
