"""The spreadsheet to begin with: the headings, one example, and what there is to choose from."""

from datetime import date
from io import BytesIO

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cms.i18n.clock import school_today
from courses.editing.drafts import session_fields
from courses.importing.reading import MAX_ROWS
from courses.importing.spreadsheet import READ_COLUMNS, SESSION_ID, TITLE
from courses.models import CourseMode
from courses.status import SessionState


@require_GET
def template_file(request: HttpRequest) -> FileResponse:
    """Return a spreadsheet with the headings that an import understands."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Sessions")
    columns = [column for column in READ_COLUMNS if column is not SESSION_ID]
    example = _example()
    sheet.append([column.heading for column in columns])
    sheet.append([example.get(column.name) for column in columns])
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 20
        field = session_fields().get(column.name)
        if field is not None and field.choices:
            labels = ",".join(str(label) for _value, label in field.flatchoices)
            choice = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
            sheet.add_data_validation(choice)
    output = BytesIO()
    workbook.save(output)
    output.seek(0)
    return FileResponse(output, as_attachment=True, filename="sessions.xlsx")


def _example() -> dict[str, object]:
    """Return a row that shows how one is written, and that is refused where it is left in."""
    year = school_today().year + 1
    return {
        TITLE.name: _("Example: the title of the course. Write over this row."),
        "start_date": date(year, 3, 1),
        "end_date": date(year, 3, 12),
        "application_closes": date(year, 1, 15),
        "location": "Lund",
        "mode": str(CourseMode.ON_SITE.label),
        "places": 20,
        "state": str(SessionState.PLANNED.label),
    }
