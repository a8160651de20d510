"""Documents as they are accepted: each is what its name says."""

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A document holds pictures, which do not shrink; a bomb is all zeros.
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5_000
_HEAD_BYTES = 4096
_OFFICE_FOLDERS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENT_KINDS = {"odp": "presentation", "ods": "spreadsheet", "odt": "text"}
# Codes that no text has (ECMA-48), but for tabs, line breaks and page breaks.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    r"^\s*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE
)


def check_document(file: Any) -> None:
    """Raise ValidationError, in words for an editor, unless a file's content is what it says.

    `file` is an upload whose extension is on the list of those allowed. It is read, and rewound.
    """
    extension = file.name.rpartition(".")[2].lower()
    check = _CHECKS.get(extension)
    try:
        if check is None or not check(file, extension):
            raise ValidationError(
                _("This file is not a %(extension)s file, whatever its name says.")
                % {"extension": extension.upper()},
                code="content_mismatch",
            )
    finally:
        file.seek(0)


def _is_known_as(file: Any, extension: str) -> bool:
    """Return whether a file begins as a PDF or an RTF file does; blank bytes may come before."""
    file.seek(0)
    head = file.read(_HEAD_BYTES).removeprefix(codecs.BOM_UTF8).lstrip()
    signature = {"pdf": b"%PDF-", "rtf": b"{\\rtf"}[extension]
    try:
        return head.startswith(signature) and puremagic.from_string(head) == f".{extension}"
    except puremagic.PureError:
        return False


def _is_office(file: Any, extension: str) -> bool:
    with _archive(file) as archive:
        names = archive.namelist()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ValidationError(
                _("This file contains macros. Save it without them and try again."), code="macros"
            )
        folder = _OFFICE_FOLDERS[extension]
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def _is_open_document(file: Any, extension: str) -> bool:
    with _archive(file) as archive:
        if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > 100:
            return False
        declared = archive.read("mimetype").decode("ascii", "replace").strip()
        return declared == _OPEN_DOCUMENT + _OPEN_DOCUMENT_KINDS[extension]


def _is_archive(file: Any, extension: str) -> bool:
    with _archive(file):
        return True


def _archive(file: Any) -> zipfile.ZipFile:
    """Return the archive in `file`; raise ValidationError where it is none, or would explode."""
    file.seek(0)
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise ValidationError(
            _("This file is not what its name says, or it is damaged."), code="content_mismatch"
        )
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise ValidationError(_("This file is damaged."), code="damaged") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED_BYTES
        or unpacked > MAX_RATIO * max(packed, 10_000)
    ):
        raise ValidationError(
            _("This file would become far too large when it is unpacked."), code="archive_bomb"
        )
    return archive


def _is_text(file: Any, extension: str) -> bool:
    """Return whether a file is text: UTF-8, UTF-16, or what older Windows programs write."""
    file.seek(0)
    content: bytes = file.read()
    text = _decoded(content)
    if text is None or _CONTROL.search(text) or _MARKUP.match(text):
        return False
    return extension != "ics" or text.lstrip("\ufeff").startswith("BEGIN:VCALENDAR")


def _decoded(content: bytes) -> str | None:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return None


_CHECKS: dict[str, Callable[[Any, str], bool]] = {
    **dict.fromkeys(("pdf", "rtf"), _is_known_as),
    **dict.fromkeys(_OFFICE_FOLDERS, _is_office),
    **dict.fromkeys(_OPEN_DOCUMENT_KINDS, _is_open_document),
    **dict.fromkeys(("csv", "ics", "txt"), _is_text),
    "zip": _is_archive,
}
