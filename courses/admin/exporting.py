"""Downloads of sessions, from the lists of courses and of sessions alike."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import FileResponse, StreamingHttpResponse

from cms.editing.csv_exports import safe_cell
from cms.i18n.clock import school_today
from courses.importing.spreadsheet import ALL_COLUMNS, SheetRow


class SessionExportMixin:
    """Makes Wagtail's spreadsheet downloads hold one row for each session.

    For views with Wagtail's `SpreadsheetExportMixin`. They say in `sheet_rows` what is in them.
    """

    list_export = [column.name for column in ALL_COLUMNS]

    def sheet_rows(self, queryset: Any) -> Iterable[SheetRow]:
        """Return the rows for the objects on the list."""
        raise NotImplementedError

    def get_filename(self) -> str:
        """Return a name that tells yesterday's file from today's."""
        return f"sessions-{school_today():%Y-%m-%d}"

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return what the column is called in the reader's language."""
        return next(column.heading for column in ALL_COLUMNS if column.name == field)

    def to_row_dict(self, item: SheetRow) -> dict[str, object]:
        """Return the cells of a row."""
        return item.values()

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        """Return a value as Wagtail writes it, and nothing that a program would run."""
        return safe_cell(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]

    def as_spreadsheet(
        self, queryset: Any, spreadsheet_format: str
    ) -> FileResponse | StreamingHttpResponse:
        """Return the file; a CSV begins as Excel wants UTF-8 to begin."""
        rows = list(self.sheet_rows(queryset))
        return super().as_spreadsheet(rows, spreadsheet_format)  # type: ignore[misc]

    def write_csv_response(self, queryset: Iterable[SheetRow]) -> StreamingHttpResponse:
        """Return all lines at once: the reader's language is gone by the time a stream is read."""
        response = super().write_csv_response(queryset)  # type: ignore[misc]
        response.streaming_content = list(response.streaming_content)
        return response

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """Return the lines of a CSV file, after the mark by which Excel knows UTF-8."""
        yield b"\xef\xbb\xbf"
        yield from super().stream_csv(queryset)  # type: ignore[misc]
