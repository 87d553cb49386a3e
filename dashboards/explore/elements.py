"""The parts of the page that run in the browser; each takes plain texts, numbers and JSON."""

from __future__ import annotations

from collections.abc import Callable

import solara

__all__ = ["Buttons", "Chart", "Fields", "Filters", "Parallel", "Stores", "Tabs", "Tools"]


@solara.component_vue("parts/stores.vue")
def Stores(  # noqa: N802  (a component)
    texts: str, stores: str, chosen: str, problem: str, there: bool,
    event_open: Callable[[str], None],
) -> None:  # fmt: skip
    """A field for a directory, and a list of those that were found."""


@solara.component_vue("parts/tabs.vue")
def Tabs(  # noqa: N802
    tabs: str, chosen: str, label: str, event_chose: Callable[[str], None]
) -> None:
    """Buttons of which one is chosen: `tabs` is JSON of pairs of a name and a text."""


@solara.component_vue("parts/buttons.vue")
def Buttons(buttons: str, event_pressed: Callable[[str], None]) -> None:  # noqa: N802
    """Buttons in a row, with words between them; `buttons` is JSON."""


@solara.component_vue("parts/fields.vue")
def Fields(fields: str, event_changed: Callable[[dict[str, str]], None]) -> None:  # noqa: N802
    """Lists to choose from and number fields; `fields` is JSON."""


@solara.component_vue("parts/filters.vue")
def Filters(  # noqa: N802
    texts: str, columns: str, selection: str, kept: str, problem: str,
    event_picked_changed: Callable[[str], None],
) -> None:  # fmt: skip
    """Histograms with ends for every column."""


@solara.component_vue("parts/chart.vue")
def Chart(  # noqa: N802
    spec: str, figure: str, label: str, bundle: str, dark: bool, sorry: str
) -> None:
    """A chart that Vega draws; `label` is its text for those who cannot see it."""


@solara.component_vue("parts/parallel.vue")
def Parallel(  # noqa: N802
    axes: str, values: str, selection: str, colour: str, figure: str, label: str, none: str,
    dark: bool, event_picked_changed: Callable[[str], None],
) -> None:  # fmt: skip
    """Parallel coordinates, whose axes are brushed with a mouse or a finger."""


@solara.component_vue("parts/tools.vue")
def Tools(  # noqa: N802
    texts: str, name: str, figure: str, code: str, csv: str, table: str
) -> None:
    """Downloads of a figure, its code, and its table."""
