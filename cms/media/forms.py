"""The forms that images and documents are uploaded with, one by one and many at once."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import FileExtensionValidator
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.media.document_uploads import check_document
from cms.media.image_uploads import CheckedImageField
from cms.media.kept_uploads import delete_after_commit
from cms.media.storage import WholeFileStorage, check_room


class ImageForm(BaseImageForm):
    """Wagtail's form, whose file field decodes what it is given."""

    # The file before this one, by Wagtail.
    original_file: Any

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
                _("This was made from the file that was uploaded."),
                reverse("image_as_uploaded", args=(self.instance.pk,)),
                _("Download that file"),
            )

    def clean_file(self) -> Any:
        """Return the file; raise ValidationError beside its field where there is no room."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_room(file)
        return file

    def clean(self) -> dict[str, Any]:
        """Leave a file alone that was not replaced.

        To set or to validate it again is to decode it, and one that is broken would be an error.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.changed_data:
            cleaned.pop("file", None)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save, and keep the upload beside the image where that was made of it.

        A file that is replaced goes once it is certain that it was.
        """
        if "file" in self.changed_data:
            delete_after_commit(self.instance.as_uploaded)
            self.instance.as_uploaded = self.cleaned_data["file"].as_uploaded
        replaced = self.original_file if commit and "file" in self.changed_data else None
        if replaced:
            self.original_file = None
        image = super().save(commit=commit)
        if replaced:
            image.renditions.all().delete()
            transaction.on_commit(partial(replaced.storage.delete, replaced.name))
        return image

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
            check_room(file)
        return file

    def save(self, commit: bool = True) -> Any:
        """Save; a file that is replaced goes once all of the new one is on the disk.

        The new one takes its name, so that its address stays: it cannot wait until it is certain.
        """
        if commit and "file" in self.changed_data and isinstance(default_storage, WholeFileStorage):
            with default_storage.written(self.instance.file.file) as whole:
                self.instance.file.file = whole
                return super().save()
        return super().save(commit=commit)

    def _post_clean(self) -> None:
        """Leave it at one message: Wagtail's model refuses the empty name of a refused file."""
        refused = self.errors.get("file")
        said = refused.copy() if refused else None
        super()._post_clean()
        if said:
            self.errors["file"] = said
