"""The buttons below a list of the admin."""

from typing import Any

from django.apps import apps
from django.template import Library
from django.template.context import Context
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from cms.editing.readers.bulk_actions import is_offered

register = Library()


@register.inclusion_tag("wagtailadmin/shared/buttons.html", takes_context=True)
def offered_bulk_actions(context: Context, app_label: str, model_name: str) -> dict[str, Any]:
    """Return Wagtail's buttons for the actions that the reader may do to anything in the list."""
    model = apps.get_model(app_label, model_name)
    actions = bulk_action_registry.get_bulk_actions_for_model(app_label, model_name)
    refused = {
        action.display_name
        for action in actions
        if not is_offered(context["request"].user, model, action)
    }
    shown: dict[str, Any] = wagtailadmin_tags.bulk_action_choices(context, app_label, model_name)
    return {"buttons": [button for button in shown["buttons"] if button.label not in refused]}
