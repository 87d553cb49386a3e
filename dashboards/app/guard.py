"""Decides which requests are answered, and with which protections.

Only a browser on the right page may speak to the dashboard: the name it calls must be one of this
machine (a web page elsewhere could otherwise let its own name point here), a websocket must come
from a page of the dashboard, and where other machines can reach it, a token must be known.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

__all__ = ["NONCE", "PARAMETER", "Guard", "policy"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

PARAMETER = "token"
NONCE = "waytrust.nonce"
"""Where a request carries the word that marks our own scripts."""

_PLAIN = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(nonce: str, host: str) -> str:
    """What a page may load and run: nothing but what this server sent.

    Vue compiles its templates in the browser, which needs `unsafe-eval`, and Vuetify writes its
    theme into the page, which needs inline styles. No script runs that has not our nonce.

    Args:
        nonce: Marks our inline scripts.
        host: Host and port that the browser calls.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host}; media-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )


class Guard:
    """An ASGI application around another one.

    Args:
        app: What answers.
        names: Names by which a browser may call this machine; plain addresses are always right,
            since no name can be made to point here with them.
        port: The port.
        token: What one must know; None where only this machine can ask.
    """

    def __init__(self, app: App, names: Iterable[str], port: int, token: str | None = None) -> None:
        self._app = app
        self._names = frozenset(names)
        self._token = token
        self._cookie = f"waytrust-{port}"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1")
                   for name, value in scope["headers"]}  # fmt: skip
        refused = self._refused(scope, headers)
        if refused is not None:
            await _refuse(scope, send, refused)
        elif scope["type"] == "http" and (place := self._brought(scope)) is not None:
            await self._remember(place, send)
        elif not self._known(headers):
            await _refuse(scope, send, "The address of this dashboard holds a token. "
                          "Open the whole address that was printed when it was started.")
        else:
            await self._answer(scope, receive, send, headers)

    def _refused(self, scope: Message, headers: dict[str, str]) -> str | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return "This dashboard answers only to the address that was printed when it started."
        origin = headers.get("origin")
        asks = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if origin is None:
            return "A websocket must come from a page." if scope["type"] == "websocket" else None
        if asks and urlsplit(origin).netloc.lower() != host.lower():
            return "This request comes from another site."
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _known(self, headers: dict[str, str]) -> bool:
        if self._token is None:
            return True
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return found is not None and self._is_token(found.value)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())

    def _brought(self, scope: Message) -> str | None:
        # Where to go on, without the token in the address, if the right one was in it.
        if self._token is None:
            return None
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(name == PARAMETER and self._is_token(value) for name, value in given):
            return None
        rest = urlencode([(name, value) for name, value in given if name != PARAMETER])
        path = quote("/" + scope["path"].lstrip("/"))
        return f"{path}?{rest}" if rest else path

    async def _remember(self, place: str, send: Send) -> None:
        cookie = f"{self._cookie}={self._token}; Path=/; HttpOnly; SameSite=Lax"
        headers = [(b"location", place.encode()),
                   (b"set-cookie", cookie.encode()), (b"cache-control", b"no-store"),
                   *_PLAIN.items()]  # fmt: skip
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _answer(
        self, scope: Message, receive: Receive, send: Send, headers: dict[str, str]
    ) -> None:
        nonce = secrets.token_urlsafe(16)
        scope = {**scope, NONCE: nonce}
        more = [*_PLAIN.items(),
                (b"content-security-policy", policy(nonce, headers["host"]).encode("latin-1"))]

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self._app(scope, receive, protected)


async def _refuse(scope: Message, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before accepting: answered with 403
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_PLAIN.items()]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})
