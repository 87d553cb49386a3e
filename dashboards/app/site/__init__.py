"""The pages of the dashboard: Solara takes `routes` from here."""

from __future__ import annotations

from dashboards.app.site.routes import routes

__all__ = ["routes"]
