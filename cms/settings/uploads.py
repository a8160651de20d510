"""What gets in as a file: its kinds and sizes. `cms.media` looks at what is in it."""

WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
# No SVG: it can carry scripts, and nothing here cleans it.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
# Frames of an animation; each is decoded for every size that is made of it.
MAX_IMAGE_FRAMES = 200

WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAILDOCS_EXTENSIONS = list(WAGTAILDOCS_CONTENT_TYPES)
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
# Through the view that asks for a collection's password, wherever the file is kept.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Documents are saved, never shown in place of the site.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []

# A form without its files, and a whole request: the largest document with its form around it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MAX_REQUEST_BYTES = WAGTAILDOCS_MAX_UPLOAD_SIZE + DATA_UPLOAD_MAX_MEMORY_SIZE
# A page with many courses, sessions or blocks posts more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
