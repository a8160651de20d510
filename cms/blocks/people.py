"""People."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, EmailBlock, ListBlock, StructBlock

from cms.upstream.admin.choosers import ImageChooserBlock, SnippetChooserBlock


class PersonBlock(StructBlock):
    """Somebody to know about or to write to."""

    name = CharBlock(max_length=120, label=_("Name"))
    role = CharBlock(required=False, max_length=120, label=_("Role"))
    university = SnippetChooserBlock("cms.University", required=False, label=_("University"))
    email = EmailBlock(required=False, label=_("E-mail"))
    photo = ImageChooserBlock(required=False, label=_("Photo"))

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(StructBlock):
    """A group of people."""

    heading = CharBlock(required=False, max_length=120, label=_("Heading"))
    people = ListBlock(PersonBlock(), min_num=1, label=_("People"))

    class Meta:
        icon = "group"
        label = _("People")
        description = _("People with role, university, e-mail and photo.")
        template = "blocks/people.html"
        preview_value = {
            "heading": "Contacts",
            "people": [
                {
                    "name": "Alva Lindqvist",
                    "role": "Coordinator",
                    "university": None,
                    "email": "alva.lindqvist@example.org",
                    "photo": None,
                }
            ],
        }
