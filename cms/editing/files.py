"""What the admin's pages load besides Wagtail's own scripts and styles."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def script() -> SafeString:
    """Wagtail hook `insert_global_admin_js`: what opens by itself, and when."""
    return format_html('<script src="{}"></script>', static("cms/admin/forms.js"))


def styles() -> SafeString:
    """Wagtail hook `insert_global_admin_css`."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/admin.css"))
