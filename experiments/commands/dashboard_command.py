"""`waytrust dashboard`."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["dashboard"]


def dashboard(
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; by default only this machine can ask.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8765,
    open_to_others: Annotated[
        bool,
        typer.Option(
            "--open-to-others",
            help="Let other machines in, if --host lets them reach it; they need the token that "
            "is printed.",
        ),
    ] = False,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open it in a browser, where there is one.")
    ] = True,
) -> None:
    """See it happen, change it, take it away: the dashboard in a browser, without any network.

    Stories on a map, comparisons by forms, results of sweeps, and single migrants. It listens only
    on this machine unless you ask for more, and sends nothing anywhere.
    """
    from dashboards.app.address import address
    from dashboards.app.serving import serve

    at = address(host, port, open_to_others=open_to_others)
    serve(at, lambda words: typer.echo(words, err=True), browser=browser)
