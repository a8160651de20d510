"""Images on published pages that say nothing to those who cannot see them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.editing.dashboard.panels import Task, TaskPanel
from cms.models import SiteImage

# Image blocks have words of their own, or are marked; photos stand beside the person's name.
_DESCRIBED_IN_PLACE = r"\.(image\.image|photo)$"


class UndescribedImagesPanel(TaskPanel):
    """Images in use whose alternative text comes from the library, where there is none."""

    name = "images-without-description"
    heading = gettext_lazy("Images without a description")
    explanation = gettext_lazy("Say what they show, or mark them as decorative.")
    icon = "image"
    order = 250

    def find(self, limit: int) -> list[Task]:
        """Return the images that the person may change, by title."""
        live = Page.objects.live().filter(pk=Cast(OuterRef("object_id"), Page._meta.pk))
        uses = ReferenceIndex.objects.filter(
            Exists(live),
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(SiteImage),
            to_object_id=Cast(OuterRef("pk"), CharField()),
        ).exclude(model_path__regex=_DESCRIBED_IN_PLACE)
        images = policy_registry.get_by_type(SiteImage).instances_user_has_permission_for(
            self.request.user, "change"
        )
        lacking = images.filter(
            Exists(uses), description="", description_sv="", is_decorative=False
        ).order_by("title")
        return [
            Task(
                title=image.title,
                url=reverse("wagtailimages:edit", args=(image.pk,)),
                detail=_("is on a published page"),
            )
            for image in lacking[:limit]
        ]
