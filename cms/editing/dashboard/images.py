"""Images that say nothing to those who cannot see them, and images that nobody can see."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
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
        lacking = (
            _editable_images(self.request)
            .filter(Exists(uses), description="", description_sv="", is_decorative=False)
            .order_by("title")
        )
        return [_task(image, _("is on a published page")) for image in lacking[:limit]]


class BrokenImagesPanel(TaskPanel):
    """Images that pages leave out, because no size of them can be made of their file."""

    name = "broken-images"
    heading = gettext_lazy("Images that cannot be shown")
    explanation = gettext_lazy(
        "Their files are missing or damaged, and pages leave them out. "
        "Choose the file again under “Change image file”."
    )
    icon = "image"
    order = 245

    def find(self, limit: int) -> list[Task]:
        """Return the images that the person may change, by title."""
        broken = _editable_images(self.request).filter(failed_at__isnull=False).order_by("title")
        return [
            _task(image, _("failed on %s") % localize(timezone.localtime(image.failed_at)))
            for image in broken[:limit]
        ]


def _editable_images(request: HttpRequest) -> QuerySet[SiteImage]:
    policy = policy_registry.get_by_type(SiteImage)
    images: QuerySet[SiteImage] = policy.instances_user_has_permission_for(request.user, "change")
    return images


def _task(image: SiteImage, detail: str) -> Task:
    return Task(image.title, reverse("wagtailimages:edit", args=(image.pk,)), detail)
