"""Who is answered, and with which protections."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from dashboards.app.guard import NONCE, Guard

TOKEN = "a-token-that-nobody-guesses"
HOST = "127.0.0.1:8765"


class Inside:
    """What the guard stands before."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})
        else:
            await send({"type": "websocket.accept"})


def asked(guard: Guard, *, kind: str = "http", method: str = "GET", path: str = "/",
          query: str = "", **headers: str) -> list[Any]:  # fmt: skip
    """What is sent back to a request."""
    headers = {"host": HOST, **headers}
    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode(),
             "headers": [(k.encode(), v.encode()) for k, v in headers.items()]}  # fmt: skip
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is to be read")

    asyncio.run(guard(scope, receive, send))
    return sent


def status(sent: list[Any]) -> int:
    return 403 if sent[0]["type"] == "websocket.close" else int(sent[0].get("status", 101))


@pytest.fixture
def private() -> Guard:
    return Guard(Inside(), {"localhost"}, 8765)


@pytest.fixture
def shared() -> Guard:
    return Guard(Inside(), {"localhost", "aid.example"}, 8765, TOKEN)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_a_name_of_this_machine_is_answered(private: Guard, host: str) -> None:
    assert status(asked(private, host=host)) == 200


@pytest.mark.parametrize("host", ["evil.example:8765", "localhost.evil.example", "", "[::1", "a@b"])
def test_any_other_name_is_refused(private: Guard, host: str) -> None:
    """A site that lets its own name point to this machine gets nothing."""
    assert status(asked(private, host=host)) == 403
    assert status(asked(private, kind="websocket", host=host, origin=f"http://{host}")) == 403


def test_websockets_come_from_our_own_pages(private: Guard) -> None:
    assert status(asked(private, kind="websocket", origin=f"http://{HOST}")) == 101
    assert status(asked(private, kind="websocket", origin="http://evil.example")) == 403
    assert status(asked(private, kind="websocket", origin="null")) == 403
    assert status(asked(private, kind="websocket")) == 403


def test_other_sites_change_nothing_here(private: Guard) -> None:
    assert status(asked(private, method="POST", origin="http://evil.example")) == 403
    assert status(asked(private, method="POST", origin=f"http://{HOST}")) == 200


def test_every_answer_is_protected(private: Guard) -> None:
    for sent in (asked(private), asked(private, host="evil.example")):
        headers = dict(sent[0]["headers"])
        assert headers[b"x-content-type-options"] == b"nosniff"
        assert headers[b"referrer-policy"] == b"no-referrer"
        assert headers[b"x-frame-options"] == b"DENY"


def test_a_page_may_load_nothing_from_outside(private: Guard) -> None:
    policy = dict(asked(private)[0]["headers"])[b"content-security-policy"].decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["form-action"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]
    places = {word for rule in rules.values() for word in rule.split()} - {"data:", "blob:"}
    assert {word for word in places if not word.startswith("'")} == {f"ws://{HOST}"}


def test_the_word_for_our_scripts_is_new_for_each_page(private: Guard) -> None:
    found = set()
    for _ in range(3):
        policy = dict(asked(private)[0]["headers"])[b"content-security-policy"].decode()
        found |= set(re.findall(r"'nonce-([^']+)'", policy))
    assert len(found) == 3
    inside: Inside = private._app  # type: ignore[assignment]
    assert {scope[NONCE] for scope in inside.asked} == found


def test_without_the_token_nothing_is_answered(shared: Guard) -> None:
    inside: Inside = shared._app  # type: ignore[assignment]
    for cookie in ("", "waytrust-8765=", "waytrust-8765=guess", f"other={TOKEN}", ";;=\x00"):
        assert status(asked(shared, cookie=cookie)) == 403
        opened = asked(shared, kind="websocket", origin=f"http://{HOST}", cookie=cookie)
        assert status(opened) == 403
    assert status(asked(shared, query="token=guess")) == 403
    assert status(asked(shared, query="token=")) == 403
    assert inside.asked == []


def test_the_token_moves_from_the_address_into_a_cookie(shared: Guard) -> None:
    sent = asked(shared, path="/story", query=f"a=b&token={TOKEN}")
    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 303
    assert headers[b"location"] == b"/story?a=b"
    cookie = headers[b"set-cookie"].decode()
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    pair = cookie.partition(";")[0]
    assert status(asked(shared, cookie=f"x=y; {pair}")) == 200
    assert status(asked(shared, kind="websocket", origin=f"http://{HOST}", cookie=pair)) == 101
    assert status(asked(shared, host="aid.example", cookie=pair)) == 200
    assert status(asked(shared, host="evil.example", cookie=pair)) == 403


def test_no_path_leads_to_another_site(shared: Guard) -> None:
    for path in ("//evil.example", "/\r\nset-cookie: a=b", "https://evil.example"):
        headers = dict(asked(shared, path=path, query=f"token={TOKEN}")[0]["headers"])
        place = headers[b"location"].decode()
        assert place.startswith("/")
        assert not place.startswith("//")
        assert "\r" not in place
        assert "\n" not in place
