"""What others may do with what the site tells: the same words wherever it is told."""

from django.conf import settings


def licences() -> dict[str, dict[str, str]]:
    """Return the licences of data and of texts: SPDX identifier, name and address of each."""
    chosen = {"data": settings.DATA_LICENCE, "texts": settings.TEXT_LICENCE}
    return {
        of: {"identifier": identifier, "name": name, "url": url}
        for of, identifier in chosen.items()
        for name, url in [settings.LICENCES[identifier]]
    }


def rights() -> str:
    """Return the licences in a sentence each, for formats that have room for words only."""
    both = licences()
    return (
        f"Data (titles, dates, places, figures): {both['data']['name']}, {both['data']['url']} "
        f"Texts: {both['texts']['name']}, {both['texts']['url']}"
    )
