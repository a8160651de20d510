"""The composition root of the API that partner sites pull."""

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import get_page_models

from cms.api.endpoints.changes import ChangesEndpoint
from cms.api.endpoints.collections import DocumentsEndpoint, ImagesEndpoint, UniversitiesEndpoint
from cms.api.endpoints.pages import PagesEndpoint, page_shape
from cms.pages.base import BasePage
from courses.api import COURSE, CoursesEndpoint, SessionsEndpoint, StagesEndpoint
from courses.models import CoursePage

PagesEndpoint.register(
    {model: page_shape(model) for model in get_page_models() if issubclass(model, BasePage)}
    | {CoursePage: COURSE}
)

api_router = WagtailAPIRouter("wagtailapi")
# Before pages: the first endpoint that takes an object's model is where its `detail_url` leads.
api_router.register_endpoint("courses", CoursesEndpoint)
api_router.register_endpoint("pages", PagesEndpoint)
api_router.register_endpoint("sessions", SessionsEndpoint)
api_router.register_endpoint("universities", UniversitiesEndpoint)
api_router.register_endpoint("stages", StagesEndpoint)
api_router.register_endpoint("images", ImagesEndpoint)
api_router.register_endpoint("documents", DocumentsEndpoint)
api_router.register_endpoint("changes", ChangesEndpoint)
