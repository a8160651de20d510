"""The import of redirects, which says in words what is wrong with a file or with its second use."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.redirects.views import process_import as wagtail_process_import


def process_import(request: HttpRequest) -> HttpResponse:
    """Import, all or nothing; back to the choice of a file where that is gone or has gaps."""
    try:
        with transaction.atomic():
            response: HttpResponse = wagtail_process_import(request)
    except FileNotFoundError:
        reason = _("This file has been imported already. Look at the list, or choose it again.")
    except IndexError:
        reason = _("A row has fewer columns than the first. Nothing was imported.")
    else:
        return response
    messages.error(request, reason)
    return redirect("wagtailredirects:start_import")


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`: ours at the address of Wagtail's."""
    return [path("redirects/import/process/", process_import)]
