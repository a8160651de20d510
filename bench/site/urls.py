"""The site's addresses, a view that does nothing, and Wagtail's own API beside ours."""

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from bench.site.stock import stock_router
from cms.urls import urlpatterns as site_urlpatterns


@non_atomic_requests
def constant(request: HttpRequest) -> HttpResponse:
    """Return always the same: what is left is the server and the project's middleware."""
    return HttpResponse("constant")


# Without the transaction around a request, as ours.
stock = decorate_urlpatterns([path("stock/", stock_router.urls)], non_atomic_requests)
urlpatterns = [path("constant/", constant), *stock, *site_urlpatterns]
