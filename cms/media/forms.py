"""The forms that images and documents are uploaded with, one by one and many at once."""

from typing import Any

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.media.document_uploads import check_document
from cms.media.image_uploads import CheckedImageField
from cms.media.kept_uploads import delete_after_commit


class ImageForm(BaseImageForm):
    """Wagtail's form, whose file field decodes what it is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is not None:
            self.fields["file"] = CheckedImageField(
                label=field.label, required=field.required, widget=field.widget
            )
        if field is not None and self.instance.as_uploaded:
            self.fields["file"].help_text = format_html(
                '{} <a href="{}">{}</a>',
                _("Shown is what could be made of the file that was uploaded."),
                reverse("image_as_uploaded", args=(self.instance.pk,)),
                _("Download that file"),
            )

    def clean(self) -> dict[str, Any]:
        """Leave a file alone that was not replaced.

        To set or to validate it again is to decode it, and one that is broken would be an error.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.changed_data:
            cleaned.pop("file", None)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save, and keep the upload beside the image where that was made of it."""
        if "file" in self.changed_data:
            delete_after_commit(self.instance.as_uploaded)
            self.instance.as_uploaded = self.cleaned_data["file"].as_uploaded
        return super().save(commit)

    def _get_validation_exclusions(self) -> set[str]:
        kept = {"file"} - set(self.changed_data)
        excluded: set[str] = super()._get_validation_exclusions() | kept
        return excluded


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, whose file has to be what its name says."""

    def clean_file(self) -> Any:
        """Return the file; raise ValidationError beside its field."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(file)
            check_document(file)
        return file

    def _post_clean(self) -> None:
        """Leave it at one message: Wagtail's model refuses the empty name of a refused file."""
        refused = self.errors.get("file")
        said = refused.copy() if refused else None
        super()._post_clean()
        if said:
            self.errors["file"] = said
