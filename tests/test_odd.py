"""What the protocol reads from the code is all there, and says what the code says."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.odd import BLOCKS
from experiments.odd.meanings import MEANINGS
from experiments.odd.variables import TABLES, variables
from sim import columns
from sim.engine.schedule import PHASES
from sim.interventions import KINDS
from sim.parameters import REGISTRY
from sim.randomness import STREAMS


@pytest.mark.parametrize("table", TABLES)
def test_every_state_variable_is_told(table: str) -> None:
    made = columns.mind_type(4) if table == "mind_type" else getattr(columns, table)
    assert isinstance(made, np.dtype)
    found = variables(table)
    assert [each.name for each in found] == list(made.names or ())
    assert all(each.meaning for each in found)
    numbers = [made[each.name].base.kind == "f" for each in found]
    assert [each.kind.startswith("number") for each in found] == numbers
    several = [bool(made[each.name].shape) for each in found]
    assert [" of them" in each.kind for each in found] == several


def test_meanings_belong_to_columns() -> None:
    assert set(MEANINGS) == set(TABLES)
    everywhere = set.intersection(*(set(known) for known in MEANINGS.values()))
    for table, known in MEANINGS.items():
        assert set(known) - everywhere <= {each.name for each in variables(table)}, table


def test_a_comment_belongs_to_the_last_column_on_its_line() -> None:
    body = {each.name: each.meaning for each in variables("BODY")}
    assert body["days_left"] == "on a leg, or in detention"
    assert body["leg"] != body["days_left"]
    point = {each.name: each.meaning for each in variables("POINT")}
    assert point["agenda"].startswith("share, by status, of visits")


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="CLOUD"):
        variables("CLOUD")


def test_blocks_hold_all_there_is() -> None:
    schedule, kinds = BLOCKS["schedule"](), BLOCKS["interventions"]()
    assert all(phase.what in schedule for phase in PHASES)
    assert schedule.count("\n") == len(PHASES) + 1
    assert all(f"| `{name}` |" in kinds for name in KINDS)
    streams = BLOCKS["streams"]()
    named = {name for name in STREAMS if not name.startswith("test")}
    assert streams.startswith(f"{len(named)} streams")
    assert all(f"`{name.partition('.')[2]}`" in streams for name in named)
    groups = {each.group for each in REGISTRY.values()}
    assert all(f"| {group} |" in BLOCKS["parameters"]() for group in groups)
    assert "asking_utility(" in BLOCKS["submodels"]()
