from cms.blocks.links import CallsToActionBlock, LinkBlock, OptionalLinkBlock
from cms.blocks.story import StoryBlock
from cms.blocks.text import RICH_TEXT_FEATURES

__all__ = [
    "RICH_TEXT_FEATURES",
    "CallsToActionBlock",
    "LinkBlock",
    "OptionalLinkBlock",
    "StoryBlock",
]
