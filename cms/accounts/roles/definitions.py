"""The least each role may do."""

from dataclasses import dataclass
from typing import Final

EDITORS: Final = "Editors"
MODERATORS: Final = "Moderators"
ADMINISTRATORS: Final = "Administrators"


@dataclass(frozen=True, slots=True)
class Role:
    """What a group may do. Every right is an `app_label.codename` of a Django permission.

    `pages` holds for the whole page tree, hence for every language; `collections` for every
    collection of images and documents; `everywhere` where there is no tree to limit it to.
    """

    name: str
    pages: tuple[str, ...]
    collections: tuple[str, ...]
    everywhere: tuple[str, ...]


WRITE_PAGES: Final = ("wagtailcore.add_page", "wagtailcore.change_page")
MODERATE_PAGES: Final = (
    "wagtailcore.publish_page",
    "wagtailcore.lock_page",
    "wagtailcore.unlock_page",
    "wagtailcore.bulk_delete_page",
)
# Wagtail lets whoever may add a file change and delete that file, and whoever may change every
# file delete every file: the "delete" permissions of images and documents grant nothing more.
USE_FILES: Final = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
USE_FILES_AND_CHANGE_OWN: Final = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)
DELETE_FILES: Final = ("wagtailimages.delete_image", "wagtaildocs.delete_document")
MANAGE_COLLECTIONS: Final = (
    "wagtailcore.add_collection",
    "wagtailcore.change_collection",
    "wagtailcore.delete_collection",
)
LOG_IN: Final = ("wagtailadmin.access_admin",)
# Of pages that one may edit: Wagtail asks for both.
TRANSLATE: Final = ("simple_translation.submit_translation",)
MANAGE_REDIRECTS: Final = (
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)
CORRECT_SNIPPETS: Final = ("cms.change_university",)
MANAGE_SNIPPETS: Final = ("cms.add_university", "cms.delete_university")
# No right on groups: whoever may change a group's rights may give themselves any of them.
# What keeps a manager of users from making a superuser is in `cms.accounts.users`.
MANAGE_USERS: Final = ("cms.add_user", "cms.change_user", "cms.delete_user", "cms.view_user")
MANAGE_SITE: Final = ("cms.change_sitesettings", "wagtailcore.view_site")
MANAGE_WORKFLOWS: Final = (
    "wagtailcore.add_workflow",
    "wagtailcore.change_workflow",
    "wagtailcore.delete_workflow",
    "wagtailcore.add_task",
    "wagtailcore.change_task",
    "wagtailcore.delete_task",
)

ROLES: Final = (
    Role(
        name=EDITORS,
        pages=WRITE_PAGES,
        collections=USE_FILES,
        everywhere=LOG_IN + TRANSLATE,
    ),
    Role(
        name=MODERATORS,
        pages=WRITE_PAGES + MODERATE_PAGES,
        collections=USE_FILES + DELETE_FILES,
        everywhere=LOG_IN + TRANSLATE + CORRECT_SNIPPETS + MANAGE_REDIRECTS,
    ),
    Role(
        name=ADMINISTRATORS,
        pages=WRITE_PAGES + MODERATE_PAGES,
        collections=USE_FILES + DELETE_FILES + MANAGE_COLLECTIONS,
        everywhere=(
            LOG_IN
            + TRANSLATE
            + CORRECT_SNIPPETS
            + MANAGE_SNIPPETS
            + MANAGE_REDIRECTS
            + MANAGE_USERS
            + MANAGE_SITE
            + MANAGE_WORKFLOWS
            # Wagtail's migrations gave these to the other two, and nobody can hand out a group
            # that has what they lack: see `cms.accounts.users.policies`.
            + USE_FILES
            + DELETE_FILES
        ),
    ),
)

# One group for each university: its name is put after this one. What its members may do with
# pages follows from which courses are theirs, and stands in `courses.partner_editors.permissions`.
PARTNER_EDITORS: Final = Role(
    name="Partner editors",
    pages=(),
    collections=USE_FILES_AND_CHANGE_OWN,
    everywhere=LOG_IN + TRANSLATE,
)

# What apps add for what is theirs, by the name of the role.
_of_apps: dict[str, tuple[str, ...]] = {}


def give_also(name: str, *rights: str) -> None:
    """Have the role called `name` also hold an app's own rights, everywhere. For its `ready()`."""
    _of_apps[name] = _of_apps.get(name, ()) + rights


def rights_everywhere(role: Role) -> tuple[str, ...]:
    """Return what `role` may do where no tree limits it: its own rights, and those of apps."""
    return role.everywhere + _of_apps.get(role.name, ())
