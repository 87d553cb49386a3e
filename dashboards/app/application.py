"""The ASGI application: Solara's routes, less those nobody needs, behind the guard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboards.app.address import Address
from dashboards.app.choices import COOKIE, preferred
from dashboards.app.guard import NONCE, Guard
from dashboards.app.opening import opened
from experiments.limits import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

__all__ = ["MODULE", "application"]

MODULE = "dashboards.app.site"
"""The pages."""

_UNUSED = ("/resourcez", "/_solara/api/evict/{kernel_id}")


def application(at: Address, token: str | None = None) -> Any:
    """The whole dashboard as one ASGI application. There is one in a process.

    Call `settings.prepare` first.

    Args:
        at: Where it will listen.
        token: What one must know; None where only this machine can ask.

    Raises:
        InputProblem: If the files that a browser needs are not installed.
    """
    from solara.server import app, starlette
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    kept = _kept_files()
    app.apps["__default__"] = app.AppScript(MODULE)
    inner = Starlette(
        routes=[*_own_routes(), *_routes(starlette, kept)],
        lifespan=starlette.lifespan,
        middleware=[Middleware(starlette.SolaraGZipMiddleware, minimum_size=1000)],
    )
    return Guard(inner, at.names, at.port, token)


def _kept_files() -> Path:
    # Scripts, styles and fonts of the pages, which the package solara-assets installs.
    from solara.server import server, settings

    kept: Path = settings.assets.proxy_cache_dir
    template = (server.directory / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    needed = set(re.findall(r"(?:@widgetti/solara-vuetify-app|requirejs)@[\d.]+", template))
    missing = sorted(name for name in needed if not (kept / name / "package.json").is_file())
    if missing:
        raise refusal("dashboard", "", f"{missing[0]}, which a browser needs, is not installed",
                      "run `pip install solara-assets`")  # fmt: skip
    return kept


def _routes(starlette: Any, kept: Path) -> list[BaseRoute]:
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    class Kept(starlette.StaticCdn):  # type: ignore[misc, name-defined, unused-ignore]
        """Files that are there; Solara's own class would ask a server outside for others."""

        def lookup_path(self, path: str) -> Any:
            return StaticFiles.lookup_path(self, path)

    async def page(request: Request) -> Response:
        return _mended(await starlette.root(request), request)

    made: list[BaseRoute] = []
    for route in starlette.routes:
        if route.path in _UNUSED:
            continue
        if getattr(route, "endpoint", None) is starlette.root:
            made.append(Route(route.path, page))
        elif isinstance(route, Mount) and isinstance(route.app, starlette.StaticCdn):
            made.append(Mount(route.path, Kept(directory=kept)))
        else:
            made.append(route)
    return made


def _mended(response: Response, request: Request) -> Response:
    from starlette.responses import HTMLResponse

    if response.media_type != "text/html":
        return response
    code = preferred(request.cookies.get(COOKIE), request.headers.get("accept-language"))
    page = opened(bytes(response.body).decode(), code, request.scope[NONCE])
    made = HTMLResponse(page, headers={"cache-control": "no-store", "content-language": code})
    made.raw_headers += [pair for pair in response.raw_headers if pair[0] == b"set-cookie"]
    return made


def _own_routes() -> list[BaseRoute]:
    from starlette.responses import FileResponse
    from starlette.routing import Route

    from dashboards.app.fonts import FONTS

    async def font(request: Request) -> Response:
        place = FONTS[request.url.path.rpartition("/")[2]]()
        return FileResponse(place, headers={"cache-control": "max-age=86400"})

    return [Route(f"/fonts/{name}", font) for name in FONTS]
