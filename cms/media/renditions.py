"""The sizes of each image that pages and partner sites show, made when the image is saved.

Made beforehand, so that nobody's first visit has to wait for them or writes anything.
"""

import logging
from collections import defaultdict
from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.utils import timezone
from django_tasks import task
from wagtail.images import get_image_model

from cms.models import SiteImage, SiteRendition
from cms.models.image import RETRY_AFTER

logger = logging.getLogger(__name__)

# A third of a small screen, a column of text, and the whole width of a large one. Wagtail never
# enlarges: of a smaller image, the widest ones are the original's size.
WIDTHS = (480, 960, 1600)
# Each in the image's own format, which everything can show, and in WebP, which is smaller.
SPECS = tuple(f"width-{width}{form}" for width in WIDTHS for form in ("", "|format-webp"))
# What `{% picture … width-{480,960,1600} format-{avif,webp,jpeg} %}` asks for beside these.
PAGE_SPECS = tuple(f"width-{width}|format-{form}" for width in WIDTHS for form in ("avif", "jpeg"))


def connect() -> None:
    """Start listening for saved images. Called once, when the applications are ready."""
    post_save.connect(_on_image, sender=get_image_model(), dispatch_uid="renditions_of_image")


def with_renditions(images: QuerySet[SiteImage], keys: Collection[int]) -> dict[int, SiteImage]:
    """Return those of `images` that `keys` name, by key, each with its `public_renditions`.

    That is one query. What is missing is made and kept: images from before there were these
    sizes, and those of a backup that was restored without them.
    """
    chosen = images.filter(pk__in=keys)
    rows = SiteRendition.objects.filter(
        image__in=chosen.order_by().values("pk"), filter_spec__in=SPECS, focal_point_key=""
    )
    found: dict[int, SiteImage] = {}
    renditions: dict[int, dict[str, SiteRendition]] = defaultdict(dict)
    for rendition in rows.select_related("image"):
        found[rendition.image_id] = rendition.image
        renditions[rendition.image_id][rendition.filter_spec] = rendition
    incomplete = [key for key in keys if len(renditions[key]) < len(SPECS)]
    for image in chosen.filter(pk__in=incomplete) if incomplete else ():
        found[image.pk] = image
        renditions[image.pk] = create_renditions(image)
    for key, image in found.items():
        made = renditions[key]
        image.public_renditions = [made[spec] for spec in SPECS if spec in made]
    return found


def create_renditions(image: SiteImage, specs: tuple[str, ...] = SPECS) -> dict[str, SiteRendition]:
    """Return the renditions of `image` by their specifications; make those that are missing.

    An image whose file is lost or broken has none.
    """
    return {spec: size for spec, size in image.get_renditions(*specs).items() if size.is_made}


@task()
def create_renditions_task(image_id: int) -> None:
    """Make the renditions of the image with that id, if it is still there."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        create_renditions(image, SPECS + PAGE_SPECS)


def retry_broken_images() -> int:
    """Try again what could not be shown; return how many images can be now.

    Pages that were made meanwhile are kept without them, so each is saved: a change of what the
    public sees, which the publication log records.
    """
    recovered = 0
    for image in SiteImage.objects.filter(failed_at__lt=timezone.now() - RETRY_AFTER):
        if len(create_renditions(image, SPECS + PAGE_SPECS)) == len(SPECS + PAGE_SPECS):
            with transaction.atomic():
                image.save(update_fields=["failed_at"])
            recovered += 1
            logger.info("Image %s can be shown again.", image.pk)
    return recovered


def _on_image(instance: SiteImage, raw: bool, **kwargs: Any) -> None:
    if not raw:
        transaction.on_commit(partial(create_renditions_task.enqueue, instance.pk))
