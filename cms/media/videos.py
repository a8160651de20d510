"""Which addresses are videos, and where their players are."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class VideoLink:
    """A video at a provider we know."""

    provider_name: str
    embed_url: str


@dataclass(frozen=True, slots=True)
class _Provider:
    name: str
    pattern: re.Pattern[str]
    embed_url: str


# Each pattern names exactly what it takes of the address, so that nothing else of what an editor
# pastes can reach the player's address. The players are the providers' variants without cookies.
_PROVIDERS = (
    _Provider(
        "YouTube",
        re.compile(
            r"^https://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?:[?&#].*)?$",
            re.ASCII,
        ),
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    _Provider(
        "Vimeo",
        re.compile(
            r"^https://(?:www\.)?vimeo\.com/(?P<id>\d{5,12})"
            # The key of an unlisted video, without which Vimeo says that there is none.
            r"(?:(?:/|\?(?:[^#]*&)?h=)(?P<key>[0-9a-f]{8,16}))?(?:[/?&#].*)?$",
            re.ASCII,
        ),
        "https://player.vimeo.com/video/{id}?{key}dnt=1",
    ),
    _Provider(
        "SUNET Play",
        re.compile(
            r"^https://play\.sunet\.se/media/(?:t/|[\w%.+-]+/)(?P<id>[01]_[a-z0-9]{8})(?:[/?#].*)?$",
            re.ASCII,
        ),
        "https://play.sunet.se/embed/secure/iframe/entryId/{id}",
    ),
)

PLAYER_ORIGINS = tuple(f"https://{urlsplit(provider.embed_url).netloc}" for provider in _PROVIDERS)


def parse_video_link(url: str) -> VideoLink | None:
    """Return the video that an https address points at, or None where no provider has it."""
    for provider in _PROVIDERS:
        match = provider.pattern.match(url)
        if match:
            found = match.groupdict()
            key = f"h={found['key']}&" if found.get("key") else ""
            return VideoLink(provider.name, provider.embed_url.format(id=found["id"], key=key))
    return None
