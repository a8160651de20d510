"""Wagtail's users app with the school's account pages in it."""

from wagtail import hooks
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS in the place of `wagtail.users`."""

    user_viewset = "cms.accounts.users.views.UserViewSet"

    def ready(self) -> None:
        super().ready()
        from cms.accounts.users import deletion
        from cms.accounts.users.views import refuse_bulk_actions_beyond_own_rights

        hooks.register("before_bulk_action", refuse_bulk_actions_beyond_own_rights)
        hooks.register("before_bulk_action", deletion.refuse_accounts_that_worked, order=1)
        hooks.register("before_delete_user", deletion.refuse_account_that_worked)
