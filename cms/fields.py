"""Fields of models that several apps use."""

from typing import TYPE_CHECKING, Any

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import fields
from wagtail.blocks import StreamBlock

validate_web_address = URLValidator(
    schemes=["http", "https"],
    message=_("Enter a web address that begins with https:// or http://."),
    # A form has its own words for “invalid”, and would use them instead.
    code="no_web_address",
)


class WebAddressField(models.URLField):
    """An address that a reader's browser opens: http or https, and none of Django's ftp."""

    default_validators = [validate_web_address]


class StreamField(fields.StreamField):
    """Wagtail's StreamField, which migrations name by its block class alone.

    Blocks are no part of the database's schema: whatever they are, the column holds JSON. Wagtail
    spells out every block in every migration, which was most of their lines and half of the time
    that `migrate` takes, and asks for a migration whenever a help text changes. Here a migration
    has the class, so that a data migration (`wagtail.blocks.migrations`) still knows the blocks.
    """

    if TYPE_CHECKING:
        # Wagtail has no types: what a page holds is a StreamValue, and takes more than that.
        def __get__(self, page: Any, owner: Any) -> Any: ...
        def __set__(self, page: Any, value: Any) -> None: ...

    def __init__(self, block: type[StreamBlock], **options: Any) -> None:
        super().__init__(block, **options)

    def deconstruct(self) -> tuple[str, str, list[type[StreamBlock]], dict[str, Any]]:
        """Return what rebuilds the field: name, path, the block class, and the field's options."""
        # Past Wagtail's own, which looks at all blocks.
        name, path, _arguments, options = super(fields.StreamField, self).deconstruct()
        return name, path, [self.block_types_arg], options
