"""Blocks made of words."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
)

# Headings are a block of their own, so that their order can be checked; alignment, colours and
# images are left out, so that a text looks right wherever it is shown.
RICH_TEXT_FEATURES = [
    # Comes before the links, which would take every text with an address in it.
    "paste",
    "bold",
    "italic",
    "superscript",
    "subscript",
    "ol",
    "ul",
    "link",
    "document-link",
]


class HeadingBlock(StructBlock):
    """A heading inside a text. The page's title is the only first-level heading."""

    text = CharBlock(max_length=120, label=_("Heading"))
    level = ChoiceBlock(
        choices=[("h2", _("Main heading")), ("h3", _("Subheading"))], default="h2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long text. A subheading belongs under a main heading.")
        template = "blocks/heading.html"
        preview_value = {"text": "From research to patient", "level": "h2"}


class ParagraphBlock(RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/paragraph.html"
        preview_value = (
            "<p>Advanced therapy medicinal products are medicines based on <b>cells</b>, "
            "<b>tissues</b> or <b>genes</b>.</p>"
        )


class QuoteBlock(StructBlock):
    """Somebody's words."""

    text = TextBlock(max_length=600, label=_("Quotation"), help_text=_("Without quotation marks."))
    attribution = CharBlock(
        required=False, max_length=160, label=_("Who said it"), help_text=_("Name and role.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What a person said or wrote, with their name.")
        template = "blocks/quote.html"
        preview_value = {
            "text": "The course gave me colleagues at four universities.",
            "attribution": "A doctoral student",
        }


class FactBlock(StructBlock):
    """A label and what it stands for."""

    label = CharBlock(max_length=80, label=_("Label"))
    value = CharBlock(max_length=200, label=_("Value"))

    class Meta:
        icon = "tag"
        label = _("Fact")


class FactsBlock(StructBlock):
    """A list of facts, each with its label."""

    heading = CharBlock(required=False, max_length=120, label=_("Heading"))
    facts = ListBlock(FactBlock(), min_num=1, label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        description = _("A short list such as “Length: 5 weeks”, easy to take in at a glance.")
        template = "blocks/facts.html"
        preview_value = {
            "heading": "At a glance",
            "facts": [
                {"label": "Length", "value": "5 weeks"},
                {"label": "Credits", "value": "7.5 hp"},
            ],
        }


class QuestionBlock(StructBlock):
    """A question and its answer."""

    question = CharBlock(max_length=200, label=_("Question"))
    answer = RichTextBlock(features=RICH_TEXT_FEATURES, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class AccordionBlock(StructBlock):
    """Questions that open to show their answers."""

    items = ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Questions in a list; each opens to show its answer.")
        template = "blocks/accordion.html"
        preview_value = {
            "items": [
                {
                    "question": "Who can apply?",
                    "answer": "<p>Doctoral students at any Swedish university.</p>",
                }
            ]
        }
