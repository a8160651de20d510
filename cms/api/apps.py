"""The application configuration of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API that partner sites pull. It has no tables.

    It stands in INSTALLED_APPS after the apps that register endpoints of their own: the first
    endpoint that takes an object's model is where its `detail_url` leads, so courses come before
    pages of every type.
    """

    name = "cms.api"
    label = "cms_api"

    def ready(self) -> None:
        """Register what every site has."""
        from cms.api.endpoints.changes import ChangesEndpoint
        from cms.api.endpoints.collections import (
            DocumentsEndpoint,
            ImagesEndpoint,
            UniversitiesEndpoint,
        )
        from cms.api.endpoints.pages import PagesEndpoint
        from cms.api.endpoints.redirects import RedirectsEndpoint
        from cms.api.endpoints.site import SiteEndpoint
        from cms.api.router import api_router

        PagesEndpoint.register_all()
        api_router.register_endpoint("pages", PagesEndpoint)
        api_router.register_endpoint("universities", UniversitiesEndpoint)
        api_router.register_endpoint("images", ImagesEndpoint)
        api_router.register_endpoint("documents", DocumentsEndpoint)
        api_router.register_endpoint("changes", ChangesEndpoint)
        api_router.register_endpoint("redirects", RedirectsEndpoint)
        api_router.register_endpoint("site", SiteEndpoint)
