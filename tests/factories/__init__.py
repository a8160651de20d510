"""Makes what the tests need: pages where they belong in the tree, and what pages point at."""

from tests.factories.about import (
    AboutPageFactory,
    FundedItemFactory,
    FundingPageFactory,
    GrantFactory,
    MissionPageFactory,
    VisionPageFactory,
)
from tests.factories.cms import (
    DocumentFactory,
    ImageFactory,
    UniversityFactory,
    UserFactory,
    make_private,
)
from tests.factories.courses import (
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DevelopmentStageFactory,
)
from tests.factories.home import ContentPageFactory

__all__ = [
    "AboutPageFactory",
    "ContentPageFactory",
    "CourseIndexPageFactory",
    "CoursePageFactory",
    "CourseSessionFactory",
    "DevelopmentStageFactory",
    "DocumentFactory",
    "FundedItemFactory",
    "FundingPageFactory",
    "GrantFactory",
    "ImageFactory",
    "MissionPageFactory",
    "UniversityFactory",
    "UserFactory",
    "VisionPageFactory",
    "make_private",
]
