"""The forms of an import."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.importing.headings import UnreadableFileError
from courses.importing.reading import MAX_BYTES, Sheet, read_sheet


class UploadForm(forms.Form):
    """A file of sessions. `sheet` holds its rows once the form is valid."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "An .xlsx or .csv file with one row for each session, at most 2,000 rows and 2 MB. "
            "Nothing is changed before you have seen what would be."
        ),
    )
    sheet: Sheet

    def clean_file(self) -> UploadedFile:
        """Read the rows.

        Raises ValidationError where the file is not one that rows can be read from.
        """
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            self.sheet = read_sheet(upload.read())
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        return upload
