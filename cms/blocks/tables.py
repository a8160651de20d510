"""Tables."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import (
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from cms.upstream.characters import clean_line


class TableBlock(TypedTableBlock):
    """A table of words and numbers, with a caption that says what it holds."""

    text = CharBlock(required=False, label=_("Text"))
    number = CharBlock(required=False, label=_("Number"), help_text=_("Aligned to the right."))
    rich_text = RichTextBlock(
        required=False,
        features=["paste", "bold", "italic", "superscript", "subscript", "link"],
        label=_("Text with links"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Figures or facts in rows and columns, with a caption.")
        template = "blocks/table.html"

    def to_python(self, value: Any) -> Any:
        """Return the table; rows that are stored shorter than the others end in empty cells."""
        if value:
            width = len(value["columns"])
            rows = [row["values"] for row in value["rows"]]
            padded = [{"values": row + [""] * (width - len(row))} for row in rows]
            value = {**value, "rows": padded}
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        """Refuse a table that has rows but no caption (WCAG 2.2, 1.3.1)."""
        table = super().clean(value)
        if table:
            # Wagtail reads these without a field.
            table.caption = clean_line(table.caption or "")
            for column in table.columns:
                column["heading"] = clean_line(column["heading"] or "")
        if table and table.row_data and not (table.caption or "").strip():
            raise TypedTableBlockValidationError(
                non_block_errors=[
                    ValidationError(_("Give the table a caption that says what it shows."))
                ]
            )
        return table

    def get_preview_value(self) -> Any:
        """Show a small table."""
        return self.to_python(
            {
                "caption": "Credits by part of the course",
                "columns": [
                    {"type": "text", "heading": "Part"},
                    {"type": "number", "heading": "Credits"},
                ],
                "rows": [{"values": ["Laboratory work", "3.0"]}, {"values": ["Seminars", "1.5"]}],
            }
        )
