"""Files as somebody may upload them, real ones and false ones, and the form that takes them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from PIL import Image

from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.html import Response

IMAGES = "/admin/images/add/"
DOCUMENTS = "/admin/documents/add/"
GPS = 34853
SVG = (
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
)
HTML = b"<!doctype html><script>alert(1)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a small image."""
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def with_whereabouts(kind: str) -> bytes:
    """Return an image that tells where, when and with whose camera it was taken, on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAM"
    exif[0x9003] = "2026:01:01 12:00:00"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (55.0, 42.0, 30.0)
    return picture(kind, exif=exif)


def animation(frames: int) -> bytes:
    """Return a GIF with that many different frames."""
    content = io.BytesIO()
    images = [Image.new("RGB", (4, 4), (number, 0, 0)) for number in range(frames)]
    images[0].save(content, "GIF", save_all=True, append_images=images[1:])
    return content.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header announces a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def archive(**members: bytes | str) -> bytes:
    """Return a zip file; `__` in a name is a slash, `_DOT_` a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return content.getvalue()


def workbook() -> bytes:
    """Return a real Excel file."""
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def word(**more: bytes) -> bytes:
    """Return what makes a Word file one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<document/>")
        for name, data in more.items():
            file.writestr(f"word/{name}.bin", data)
    return content.getvalue()


def upload(client: Client, address: str, name: str, content: bytes) -> Response:
    """Upload a file through the form at `address`."""
    form = AdminForm(client, address, selector=SETTINGS_FORM)
    file = SimpleUploadedFile(name, content)
    return client.post(address, {**form.fields, "title": "A file", "file": file})
