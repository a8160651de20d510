"""What the factories of all page types share."""

from typing import Any

import wagtail_factories
from factory.declarations import Sequence
from wagtail.models import Page


class PageFactory(wagtail_factories.PageFactory):
    """A published page under `parent`, which has to be given.

    Keyword arguments are the model's own, children included: `sessions=[…]`, `partners=[…]`.
    """

    title: Any = Sequence("Page number {}".format)

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(
        cls, model_class: type[Page], parent: Page, kwargs: dict[str, Any]
    ) -> Page:
        # Tests hold several instances of one page; a stale one would reuse a sibling's path.
        parent.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
        page: Page = super()._create_instance(model_class, parent, kwargs)
        return page
