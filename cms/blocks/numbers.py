"""Blocks that hold a number."""

from typing import Any

from wagtail import blocks

from cms.i18n.form_fields import IntegerField


class IntegerBlock(blocks.IntegerBlock):
    """A whole number as people type it (`cms.i18n.numbers`)."""

    def __init__(
        self,
        *,
        required: bool = True,
        help_text: Any = None,
        min_value: int | None = None,
        max_value: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.field = IntegerField(
            required=required, help_text=help_text, min_value=min_value, max_value=max_value
        )
