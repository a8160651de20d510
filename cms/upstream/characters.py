"""Text as it enters and leaves the site: characters that a reader can see, each in one spelling.

Django 6.1.3; no issue known. Forms take every character but NUL, and file names as they come: a
vertical tab, which Word and PowerPoint put on the clipboard for a line break, makes Atom and Excel
files unreadable; what a Mac writes as a letter and its dots is not found by who types one
character; an override of the direction turns the rest of a page around.

Changed: every text field of every form, the fields of blocks and rich text among them, and the
name of every upload read `clean` text, and downloads of lists write it. Passwords stay as they are
typed.

Delete the guard when forms have an option for it; `clean` is the site's own, for what enters
elsewhere and for what leaves: rows may be older than this.
"""

import re
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# Other characters for a line break, which some programs take for one and others cannot read. A
# return on its own is one; with a line feed it is how forms send a line break.
_BREAK = re.compile(r"\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls (C0 but tab and line break, C1), halves of a surrogate pair, and what is no character.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_LINE_BREAKS = re.compile(r"[\r\n]+")
# What turns the direction of a text (UAX #9), and what ends it again.
_EMBEDDING_END, _ISOLATE_END = "\u202c", "\u2069"
_END_OF = dict.fromkeys("\u202a\u202b\u202d\u202e", _EMBEDDING_END) | dict.fromkeys(
    "\u2066\u2067\u2068", _ISOLATE_END
)
_ENDS = {_EMBEDDING_END, _ISOLATE_END}
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return `text` in NFC, without controls but tabs and line breaks, directions in balance."""
    text = _INVISIBLE.sub("", _BREAK.sub("\n", text))
    return normalize("NFC", _balanced(text) if _DIRECTION.search(text) else text)


def clean_line(text: str) -> str:
    """Return `text` clean and in one line."""
    return _LINE_BREAKS.sub(" ", clean(text))


def _balanced(text: str) -> str:
    """Return `text` without what begins another direction and does not end it in the same line."""
    kept = list(text)
    begun: list[int] = []
    for place, character in enumerate(text):
        if character in _END_OF:
            begun.append(place)
        elif character in _ENDS or character == "\n":
            # An isolate ends, as a line does, what is still open within it.
            while begun and _END_OF[text[begun[-1]]] != character and character != _EMBEDDING_END:
                kept[begun.pop()] = ""
            if begun and _END_OF[text[begun[-1]]] == character:
                begun.pop()
            elif character != "\n":
                kept[place] = ""
    for place in begun:
        kept[place] = ""
    return "".join(kept)


def guard() -> None:
    """Have fields of forms and uploads clean what they are given, and downloads what they hold."""
    read = forms.CharField.to_python

    def to_python(self: forms.CharField, value: Any) -> Any:
        # Django refuses a NUL in words: nobody types one.
        if isinstance(value, str) and "\0" not in value:
            if isinstance(self.widget, forms.TextInput):
                value = clean_line(value)
            elif not isinstance(self.widget, forms.PasswordInput):
                value = clean(value)
        return read(self, value)

    forms.CharField.to_python = to_python  # type: ignore[method-assign]

    name: Any = UploadedFile.name

    def set_name(self: UploadedFile, value: str | None) -> None:
        name.__set__(self, value and clean_line(value))

    UploadedFile.name = property(name.fget, set_name)  # type: ignore[assignment]

    prepare = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(self: Any, *args: Any) -> Any:
        value = prepare(self, *args)
        return clean(value) if isinstance(value, str) else value

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
