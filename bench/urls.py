"""The site's addresses, and a view that does nothing."""

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.urls import urlpatterns as site_urlpatterns


@non_atomic_requests
def constant(request: HttpRequest) -> HttpResponse:
    """Return always the same: what is left is the server and the project's middleware."""
    return HttpResponse("constant")


urlpatterns = [path("constant/", constant), *site_urlpatterns]
