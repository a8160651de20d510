"""What an open form asks, so that it notices in time that its writer is no longer signed in."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from wagtail.admin.utils import get_user_display_name

from cms.accounts import second_factor


@never_cache
@require_GET
def whose_session(request: HttpRequest) -> JsonResponse:
    """Say who may work here now, with the token that forms need; nothing where nobody may.

    Asking is no use of the session: `cms.accounts.middleware` lets it end all the same.
    """
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin") or second_factor.is_lacking(request):
        return JsonResponse({})
    return JsonResponse(
        {
            "user": str(user.pk),
            "name": get_user_display_name(user),
            "token": get_token(request),
        }
    )
