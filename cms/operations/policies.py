"""What browsers may do with the site's responses (CSP level 3, Permissions Policy).

There is no report endpoint. Reports come from extensions and from anybody who cares to send one,
carry the addresses that people visit, and would be one more writable address; the tests open every
kind of page and every main screen of the admin in a browser and fail on a violation instead.
"""

from collections.abc import Mapping

from django.utils.csp import CSP

from cms.media.videos import PLAYER_ORIGINS

type Policy = dict[str, list[str] | bool]

_CLOSED: Policy = {"default-src": [CSP.NONE], "base-uri": [CSP.NONE], "form-action": [CSP.NONE]}

# Error pages stand alone, with their few styles in them: templates/error_base.html.
_ERROR_PAGE_STYLES = "'sha256-xpXdCk2npLL8FKMCRbUoCyx8ZhT0bsOrvOAWA6NCKhU='"

# Pages are kept and sent to many, so no nonce could be right: scripts and styles are files.
# (JSON-LD is data, which no policy about scripts speaks of.)
SITE: Policy = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, _ERROR_PAGE_STYLES],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF, *PLAYER_ORIGINS],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    # The admin shows previews in frames. Partners get a script, and need none.
    "frame-ancestors": [CSP.SELF],
}

# Wagtail's widgets write scripts into its pages: they bear a nonce (`cms.upstream.admin`). Styles
# it sets in attributes, and in elements that its scripts make (tippy.js): 'unsafe-inline'.
ADMIN: Policy = SITE | {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "script-src-attr": [CSP.NONE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}

# Answers for programs: nothing is loaded, nothing runs, wherever they are opened.
DATA: Policy = _CLOSED | {"frame-ancestors": [CSP.NONE]}

# Uploaded files, should a browser ever open one by itself: an origin of its own, without scripts.
# Styles inside a file are its own affair.
UPLOADED: Policy = DATA | {"style-src": [CSP.UNSAFE_INLINE], "sandbox": True}

_PLAYERS = " ".join(["self", *(f'"{origin}"' for origin in PLAYER_ORIGINS)])
PERMISSIONS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "serial",
            "usb",
        ),
        "()",
    ),
    **dict.fromkeys(("autoplay", "fullscreen", "picture-in-picture"), f"({_PLAYERS})"),
    # Passkeys.
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
}


def with_images_from(policy: Policy, origin: str) -> Policy:
    """Return `policy` with images, and nothing else, allowed from `origin` too."""
    return _with(policy, "img-src", [origin])


def with_forms_to(policy: Policy, origins: list[str]) -> Policy:
    """Return `policy` with forms allowed to lead to `origins` too.

    Browsers that build on Chromium look where the answer to a form redirects to, as the button of
    single sign-on does.
    """
    return _with(policy, "form-action", origins)


def _with(policy: Policy, directive: str, origins: list[str]) -> Policy:
    allowed = policy[directive]
    return policy | {directive: [*(allowed if isinstance(allowed, list) else []), *origins]}
