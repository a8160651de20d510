"""Tags for many images or documents at once, checked as they are for one."""

from wagtail.admin.forms.tags import validate_tag_length
from wagtail.documents.views.bulk_actions.add_tags import TagForm as DocumentTagForm
from wagtail.images.views.bulk_actions.add_tags import TagForm as ImageTagForm


def validate_tags(value: str) -> None:
    """Raise ValidationError where a tag is longer than the database takes."""
    validate_tag_length([tag.strip() for tag in value.split(",")])


def check_bulk_forms() -> None:
    """Have Wagtail's two forms refuse, beside the field, what the database would."""
    for form in (ImageTagForm, DocumentTagForm):
        form.base_fields["tags"].validators.append(validate_tags)
