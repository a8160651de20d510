"""Tags for many images or documents at once, checked as they are for one.

Wagtail 8.0.1; no issue known. `TagField` of the bulk actions' forms has no `validate_tag_length`: a
tag of more than 100 characters is cut off by SQLite's neglect and an error of PostgreSQL.

Changed: both forms refuse it beside the field.

Delete when these two forms refuse a tag of 101 characters by themselves.
"""

from wagtail.admin.forms.tags import validate_tag_length
from wagtail.documents.views.bulk_actions.add_tags import TagForm as DocumentTagForm
from wagtail.images.views.bulk_actions.add_tags import TagForm as ImageTagForm

FORMS = (ImageTagForm, DocumentTagForm)


def validate_tags(value: str) -> None:
    """Raise ValidationError where a tag is longer than the database takes."""
    validate_tag_length([tag.strip() for tag in value.split(",")])


def guard() -> None:
    """Have Wagtail's two forms refuse, beside the field, what the database would."""
    for form in FORMS:
        form.base_fields["tags"].validators.append(validate_tags)
