"""The picture of a page: an uploaded one, or one drawn from what the page is about."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, ClassVar

from django.utils import translation
from django.utils.translation import gettext

from cms.media.pictures.motifs import Motif, draw
from cms.media.pictures.shapes import Picture
from cms.media.pictures.social import DESIGN, social_card
from cms.models import SiteImage


class PicturesMixin:
    """Gives every page a picture, and one with its title for social networks."""

    # The motif of a type of page. Without one, it follows from the page's title.
    motif: ClassVar[Motif | None] = None

    # The field with the uploaded picture that stands for the page, of a type that has one.
    main_image_field: ClassVar[str] = ""

    @property
    def main_image(self) -> SiteImage | None:
        """The uploaded picture that stands for the page."""
        return getattr(self, self.main_image_field) if self.main_image_field else None

    @property
    def steps(self) -> Sequence[int]:
        """Which steps of the path from research to patient, from 0 to 5, the page is about."""
        return ()

    @cached_property
    def picture(self) -> Picture:
        """The drawn picture of the page. It is decoration."""
        return draw(self._titles[0], self.steps, self.motif)

    @property
    def social_version(self) -> str:
        """What tells the page's social picture from the one it had before: twelve letters."""
        language = self._language
        drawn_from = f"{DESIGN} {language} {self.motif} {[*self.steps]} {self._titles}"
        return blake2b(drawn_from.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def draw_social_card(self) -> bytes:
        """Return the page's picture for social networks, in its own language, as a PNG file."""
        with translation.override(self._language):
            school = gettext("National ATMP Research School")
        return social_card(self.shared_title, school, self.picture)

    @property
    def shared_title(self) -> str:
        """What the page is called elsewhere, in search results and where it is shared."""
        title, elsewhere = self._titles
        return elsewhere or title

    @property
    def _titles(self) -> tuple[str, str]:
        page: Any = self
        return str(page.title), str(page.seo_title)

    @property
    def _language(self) -> str:
        page: Any = self
        return str(page.locale.language_code)
