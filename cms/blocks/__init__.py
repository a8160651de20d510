"""The one vocabulary of every body of text, and what reads it.

It knows no page type.
"""

from cms.blocks.links import CallsToActionBlock, LinkBlock, OptionalLinkBlock
from cms.blocks.stored import StreamBlock
from cms.blocks.story import StoryBlock
from cms.blocks.text import RICH_TEXT_FEATURES

__all__ = [
    "RICH_TEXT_FEATURES",
    "CallsToActionBlock",
    "LinkBlock",
    "OptionalLinkBlock",
    "StoryBlock",
    "StreamBlock",
]
