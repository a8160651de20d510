"""The one StreamField vocabulary that every body of text shares."""

from django.utils.translation import gettext_lazy as _

from cms.blocks.links import CallToActionBlock
from cms.blocks.listings import UniversitiesBlock, UpcomingCoursesBlock
from cms.blocks.media import CaptionedImageBlock, DocumentsBlock, VideoBlock
from cms.blocks.people import PeopleBlock
from cms.blocks.stored import StreamBlock
from cms.blocks.tables import TableBlock
from cms.blocks.text import AccordionBlock, FactsBlock, HeadingBlock, ParagraphBlock, QuoteBlock

TEXT, MEDIA, LISTS = _("Text"), _("Images and files"), _("Lists and boxes")


class StoryBlock(StreamBlock):
    """Everything an editor can put into a body: few blocks, each well made."""

    heading = HeadingBlock(group=TEXT)
    paragraph = ParagraphBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    accordion = AccordionBlock(group=TEXT)
    image = CaptionedImageBlock(group=MEDIA)
    video = VideoBlock(group=MEDIA)
    documents = DocumentsBlock(group=MEDIA)
    facts = FactsBlock(group=LISTS)
    table = TableBlock(group=LISTS)
    people = PeopleBlock(group=LISTS)
    call_to_action = CallToActionBlock(group=LISTS)
    universities = UniversitiesBlock(group=LISTS)
    upcoming_courses = UpcomingCoursesBlock(group=LISTS)

    class Meta:
        required = False
