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
    # How the player is told to begin later than at the beginning, where it can be.
    start: str = ""


# Each pattern names exactly what it takes of the address, so that nothing else of what an editor
# pastes can reach the player's address. The players are the providers' variants without cookies.
_PROVIDERS = (
    _Provider(
        "YouTube",
        re.compile(
            r"^https?://(?:www\.|m\.)?"
            r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?:[?&#].*)?$",
            re.ASCII,
        ),
        "https://www.youtube-nocookie.com/embed/{id}",
        "?start={seconds}",
    ),
    _Provider(
        "Vimeo",
        re.compile(
            r"^https?://(?:(?:www\.)?vimeo\.com/|player\.vimeo\.com/video/)(?P<id>\d{5,12})"
            # The key of an unlisted video, without which Vimeo says that there is none.
            r"(?:(?:/|\?(?:[^#]*&)?h=)(?P<key>[0-9a-f]{8,16}))?(?:[/?&#].*)?$",
            re.ASCII,
        ),
        "https://player.vimeo.com/video/{id}?{key}dnt=1",
        "#t={seconds}s",
    ),
    _Provider(
        "SUNET Play",
        re.compile(
            r"^https?://play\.sunet\.se/media/(?:t/|[\w%.+-]+/)(?P<id>[01]_[a-z0-9]{8})(?:[/?#].*)?$",
            re.ASCII,
        ),
        "https://play.sunet.se/embed/secure/iframe/entryId/{id}",
    ),
)

# Where to begin, as "&t=90", "#t=1m30s" or "?start=90".
_START = re.compile(
    r"[?&#](?:t|start)=(?=\d)(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,3})m)?(?:(?P<s>\d{1,5})s?)?(?=[&#]|$)",
    re.ASCII,
)

PLAYER_ORIGINS = tuple(f"https://{urlsplit(provider.embed_url).netloc}" for provider in _PROVIDERS)


def parse_video_link(url: str) -> VideoLink | None:
    """Return the video that an address on the web points at, or None where no provider has it."""
    for provider in _PROVIDERS:
        match = provider.pattern.match(url)
        if match:
            found = match.groupdict()
            key = f"h={found['key']}&" if found.get("key") else ""
            player = provider.embed_url.format(id=found["id"], key=key)
            seconds = _start_of(url)
            start = provider.start.format(seconds=seconds) if seconds else ""
            return VideoLink(provider.name, player + start)
    return None


def _start_of(url: str) -> int:
    """Return the second that `url` asks to begin at."""
    match = _START.search(url)
    if not match:
        return 0
    hours, minutes, seconds = (int(match[unit] or 0) for unit in "hms")
    return hours * 3600 + minutes * 60 + seconds
