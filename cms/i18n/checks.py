"""What a release must bring along, as Django system checks."""

from typing import Any

from django.core import checks

from cms.i18n.catalogues import outdated


def texts_are_compiled(**kwargs: Any) -> list[checks.CheckMessage]:
    """cms.W001: without the compiled files Swedish pages would speak English between the lines."""
    return [
        checks.Warning(
            f"{source.name} for “{source.parts[-3]}” is not compiled, or changed since it was.",
            hint="Run `manage.py compile_catalogues`.",
            id="cms.W001",
        )
        for source in outdated()
    ]
