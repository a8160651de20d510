"""What the admin says before a page is deleted."""

from django import template
from django.template import Context
from wagtail.models import Page

from cms.editing.deletion.consequences import Consequences, consequences_of_deleting

register = template.Library()


@register.simple_tag(takes_context=True, name="consequences_of_deleting")
def consequences(context: Context, page: Page) -> Consequences:
    """Return what deleting `page` would do, as far as the reader may know it."""
    return consequences_of_deleting(context["request"], page)
