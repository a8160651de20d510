"""The foundation's tables: universities, images, accounts, the publication log, settings.

They name no form, view or policy.
"""

from cms.models.gone_address import GoneAddress
from cms.models.heartbeat import Heartbeat
from cms.models.image import SiteImage, SiteRendition
from cms.models.publication import Publication
from cms.models.search_entry import SearchEntry
from cms.models.site_settings import SiteSettings, SocialLink
from cms.models.university import University
from cms.models.user import User

__all__ = [
    "GoneAddress",
    "Heartbeat",
    "Publication",
    "SearchEntry",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "SocialLink",
    "University",
    "User",
]
