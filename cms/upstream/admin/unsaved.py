"""The editor's watch for unsaved changes, which begins before the first change instead of after it.

Wagtail 8.0.1; no issue known. The controller `w-unsaved` takes down what the form holds two seconds
after it was opened, for scripts to have filled it in. What an editor has typed until then counts as
what was there: it is neither kept by autosave, nor is anybody warned who leaves the page.

Changed: it is taken down when somebody first touches the form, and not again until it was saved.

Delete when a title that is changed as soon as the editor opens, and nothing after it, is autosaved.
"""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def watch_first_edits() -> SafeString:
    """Wagtail hook `insert_global_admin_js`."""
    return format_html('<script src="{}"></script>', static("cms/admin/first_edits.js"))
