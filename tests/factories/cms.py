"""Accounts, files, universities and view restrictions."""

from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from factory.declarations import LazyAttribute, LazyFunction, Sequence
from factory.django import DjangoModelFactory
from factory.helpers import post_generation
from wagtail.models import Collection, Page, PageViewRestriction

from cms.models import SiteImage, University, User

PASSWORD = "correct horse battery staple"
CROCKFORD_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"


def ror_id(number: int) -> str:
    """Return a well-formed ROR id, a different one for each number."""
    digits = ""
    rest = number
    for _position in range(6):
        rest, digit = divmod(rest, 32)
        digits = CROCKFORD_BASE_32[digit] + digits
    return f"https://ror.org/0{digits}{98 - number * 100 % 97:02d}"


class UserFactory(DjangoModelFactory[User]):
    """An account; `groups` takes names of groups."""

    username = Sequence("user-{}".format)
    email = LazyAttribute(lambda user: f"{user.username}@example.org")
    first_name = "Robin"
    last_name = LazyAttribute(lambda user: user.username.capitalize())
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User
        skip_postgeneration_save = True

    @post_generation
    def groups(self, create: bool, extracted: list[str] | None, **kwargs: Any) -> None:
        names = extracted or []
        found = list(Group.objects.filter(name__in=names))
        assert len(found) == len(names), f"Not all of these groups exist: {names}"
        self.groups.add(*found)


def _root_collection() -> Collection:
    return Collection.get_first_root_node()


class ImageFactory(wagtail_factories.ImageFactory):
    """An image in the library's root."""

    title = Sequence("Image {}".format)
    collection = LazyFunction(_root_collection)
    file = factory.django.ImageField(width=40, height=20, color="teal")

    class Meta:
        model = SiteImage


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A document in the library's root."""

    title = Sequence("Document {}".format)
    collection = LazyFunction(_root_collection)
    file = factory.django.FileField(data=b"%PDF-1.7", filename="syllabus.pdf")
    file_size = len(b"%PDF-1.7")


class UniversityFactory(DjangoModelFactory[University]):
    """A university that is no founding partner."""

    name = Sequence("University {}".format)
    name_sv = Sequence("Universitetet {}".format)
    short_name = Sequence("U{}".format)
    city = "Lund"
    website = Sequence("https://u{}.example.org/".format)
    ror_id = Sequence(ror_id)

    class Meta:
        model = University


def make_private(page: Page, kind: str = PageViewRestriction.LOGIN) -> PageViewRestriction:
    """Let only some visitors see `page` and what is below it."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="open sesame" if kind == "password" else ""
    )
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.get(name="Editors"))
    return restriction
