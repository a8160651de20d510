"""Fields of models that several apps use."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

validate_web_address = URLValidator(
    schemes=["http", "https"],
    message=_("Enter a web address that begins with https:// or http://."),
    # A form has its own words for “invalid”, and would use them instead.
    code="no_web_address",
)


class WebAddressField(models.URLField):
    """An address that a reader's browser opens: http or https, and none of Django's ftp."""

    default_validators = [validate_web_address]
