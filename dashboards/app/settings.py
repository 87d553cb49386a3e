"""How Solara is made private and independent of any network. Call `prepare` before importing it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["ASSETS", "NOBODY", "prepare"]

ASSETS = Path(__file__).parent / "assets"

NOBODY = "http://127.0.0.1:9/"
"""An address of this machine at which nobody answers, in place of a server of assets outside."""

_SETTINGS = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "none",
    "SOLARA_TELEMETRY_SERVER_FINGERPRINT": "none",
    "SOLARA_CHECK_HOOKS": "off",  # a check for developers, which Mesa's own components fail
    "SOLARA_ASSETS_CDN": NOBODY,
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_ROOT_PATH": "",  # else a header of the first request would decide it
    "SOLARA_SESSION_HTTP_ONLY": "true",
    # A tab that is closed says so, and its session ends at once. This is for a lost connection.
    "SOLARA_KERNEL_CULL_TIMEOUT": "1m",
    "SOLARA_THEME_LOADER": "waytrust",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "Waytrust",
    "SOLARA_THEME_VARIANT": "light",
}


def prepare() -> None:
    """Set what Solara reads from the environment when it is imported; its own settings lose."""
    for name in [name for name in os.environ if name.startswith("SOLARA_")]:
        del os.environ[name]
    os.environ.update(_SETTINGS, SOLARA_SESSION_SECRET_KEY=secrets.token_hex(32))
