"""The application configuration of this room."""

from django.apps import AppConfig


class UpstreamConfig(AppConfig):
    """Guards around other packages. It has no tables."""

    name = "cms.upstream"
    label = "cms_upstream"

    def ready(self) -> None:
        """Put the guards in their places."""
        from cms.upstream import characters, children, keys, redirects, references, sites
        from cms.upstream.admin import (
            aliases,
            chosen,
            forms,
            inline_scripts,
            listings,
            refusals,
            tags,
            titles,
        )

        of_admin = (aliases, chosen, forms, inline_scripts, listings, refusals, tags, titles)
        of_all = (characters, children, keys, redirects, references, sites)
        for module in (*of_all, *of_admin):
            module.guard()
