"""Images, videos and documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from cms.media.videos import VideoLink, parse_video_link
from cms.publishing.visibility import is_open
from cms.upstream.admin.choosers import DocumentChooserBlock


class CaptionedImageBlock(StructBlock):
    """An image with its alternative text and, where it helps, a caption."""

    image = ImageBlock(
        label=_("Image"),
        help_text=_(
            "Describe what the image shows to somebody who cannot see it, "
            "or mark it as decorative if it adds nothing to the text."
        ),
        is_dependent=True,
    )
    caption = CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        is_dependent = True
        description = _("An image across the text, with caption and credit.")
        template = "blocks/image.html"

    def get_preview_value(self) -> StructValue:
        """Show the newest image of the library, or none on a new site."""
        image = get_image_model().objects.order_by("-created_at").first()
        if image is not None:
            image.contextual_alt_text = image.default_alt_text
            image.decorative = False
        return self.normalize({"image": image, "caption": "A caption says what to look for."})


class VideoValue(StructValue):
    """A video's value, which knows its provider."""

    @property
    def video_link(self) -> VideoLink | None:
        """The recognised video, or None for an address that no provider of ours has."""
        return parse_video_link(self.get("url") or "")

    @property
    def embed_url(self) -> str:
        """The address of the provider's player with tracking switched off where it can be."""
        return self.video_link.embed_url if self.video_link else ""

    @property
    def provider_name(self) -> str:
        """The provider's name, to say where the video is shown from."""
        return self.video_link.provider_name if self.video_link else ""


class VideoBlock(StructBlock):
    """A video by link. Nothing is fetched from its provider before the visitor asks for it."""

    url = URLBlock(
        label=_("Address of the video"),
        help_text=_("The video's page on YouTube, Vimeo or SUNET Play."),
    )
    title = CharBlock(max_length=120, label=_("Title"))
    description = TextBlock(
        required=False,
        max_length=600,
        label=_("What the video shows"),
        help_text=_("For those who cannot see or hear it, or would rather read."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video from YouTube, Vimeo or SUNET Play, loaded only after a click.")
        template = "blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "url": "https://vimeo.com/76979871",
            "title": "An introduction to the school",
            "description": "Five universities present what they do together.",
        }

    def clean(self, value: Any) -> StructValue:
        """Refuse an address that is not a video of a known provider; all of them have https."""
        result = super().clean(value)
        if result.get("url"):
            result["url"] = result["url"].replace("http://", "https://", 1)
        if result.get("url") and parse_video_link(result["url"]) is None:
            raise StructBlockValidationError(
                block_errors={
                    "url": ValidationError(
                        _("This is not the address of a video on YouTube, Vimeo or SUNET Play.")
                    )
                }
            )
        return result


class DocumentItemBlock(StructBlock):
    """A document and, where its own title does not do, another name for it."""

    document = DocumentChooserBlock(label=_("Document"))
    label = CharBlock(
        required=False,
        max_length=160,
        label=_("Link text"),
        help_text=_("Leave empty to use the document's own title."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        is_dependent = True


class DocumentsValue(StructValue):
    """The value of a list of documents, which knows what everyone may have of it."""

    @property
    def shown(self) -> list[StructValue]:
        """The items whose document is there, in a collection that is not private."""
        return [item for item in self["documents"] if is_open(item["document"])]


class DocumentsBlock(StructBlock):
    """A list of documents to download."""

    heading = CharBlock(required=False, max_length=120, label=_("Heading"))
    documents = ListBlock(DocumentItemBlock(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        is_dependent = True
        description = _("A list of files to download, with type and size.")
        template = "blocks/documents.html"
        value_class = DocumentsValue

    def get_preview_value(self) -> StructValue:
        """Show the newest document of the library, or none on a new site."""
        document = get_document_model().objects.order_by("-created_at").first()
        documents = [{"document": document, "label": ""}] if document else []
        return self.normalize({"heading": "Documents", "documents": documents})
