"""Cells: people counted apart, beside the standing tables."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import load
from sim.codes import MEASURES, MONEY, NEEDS, OUTCOMES, STATUSES, URGENCIES
from sim.model import TrustModel
from sim.watching import ON_THE_WAY, Cell

DAYS = 40
SCENARIO = "clinic_police"


def lived(cells: list[Cell], **settings: object) -> TrustModel:
    size = {"migrants": 600, "days": DAYS} | settings
    return TrustModel(load(SCENARIO), cells=cells, **size).run()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def everything() -> TrustModel:
    """A run that counts everybody, and every status, place, need, urgency, third and exposure."""
    nodes = list(load(SCENARIO).plan().network.nodes["id"])
    return lived([
        Cell(persons=True),
        *(Cell(statuses=(name,)) for name in STATUSES),
        *(Cell(places=(name,)) for name in [*nodes, ON_THE_WAY]),
        *(Cell(needs=(name,)) for name in NEEDS),
        *(Cell(urgencies=(name,)) for name in URGENCIES),
        *(Cell(money=(name,)) for name in MONEY),
        Cell(exposed=True), Cell(exposed=False),
    ])


def standing(model: TrustModel, measure: str) -> np.ndarray:
    return model.record.counts[..., MEASURES.index(measure)]


def counts(model: TrustModel) -> np.ndarray:
    assert model.watcher is not None
    return model.watcher.counts


@pytest.mark.parametrize("measure", OUTCOMES[1:])
def test_a_cell_of_everybody_is_the_standing_table(everything: TrustModel, measure: str) -> None:
    found = counts(everything)[:, 0, OUTCOMES.index(measure)]
    assert found.tolist() == standing(everything, measure).sum(axis=(1, 2)).tolist()


def test_cells_by_status_and_place_are_the_standing_tables(everything: TrustModel) -> None:
    deterred = standing(everything, "deterred")
    column = OUTCOMES.index("deterred")
    by_status = counts(everything)[:, 1 : 1 + len(STATUSES), column]
    assert by_status.tolist() == deterred.sum(axis=1).tolist()
    first = 1 + len(STATUSES)
    by_place = counts(everything)[:, first : first + deterred.shape[1], column]
    assert by_place.tolist() == deterred.sum(axis=2).tolist()
    assert deterred.sum() > 0


def test_parts_add_up_to_the_whole(everything: TrustModel) -> None:
    found = counts(everything).sum(axis=0)
    first = 1 + len(STATUSES) + len(everything.record.places)
    for size, columns in ((6, slice(1, None)), (3, slice(1, None)), (3, slice(None)),
                          (2, slice(None))):
        part = found[first : first + size].sum(axis=0)
        whole = found[0].copy()
        if columns == slice(1, None):  # needs and urgencies: nobody without need
            whole[-1] -= whole[0]
        assert part[columns].tolist() == whole[columns].tolist()
        first += size


def test_service_points_are_the_standing_table_of_points() -> None:
    points = list(load(SCENARIO).plan().network.points["id"])
    model = lived([Cell(points=(name,)) for name in points])
    for outcome, column in (("served", 1), ("turned_away", 2), ("deterred", 3)):
        found = counts(model)[..., OUTCOMES.index(outcome)]
        assert found.tolist() == model.record.by_point[..., column].tolist()
    assert counts(model)[..., OUTCOMES.index("unaware")].sum() == 0


def test_persons_are_counted_once(everything: TrustModel) -> None:
    watcher = everything.watcher
    assert watcher is not None
    present = watcher.persons(0, ["present"])
    ever = watcher.persons(0, ["served"])
    assert 0 < ever <= watcher.total(0, ["served"])
    assert ever < present <= 600
    assert watcher.persons(0, ["served", "deterred"]) >= ever


def test_only_the_days_of_a_cell_are_counted() -> None:
    model = lived([Cell(first=10, stop=20), Cell()])
    part, whole = counts(model)[:, 0], counts(model)[:, 1]
    assert part[10:20].tolist() == whole[10:20].tolist()
    assert part[:10].sum() == part[20:].sum() == 0


def test_both_engines_count_the_same_and_cells_change_nothing() -> None:
    cells = [Cell(statuses=("irregular",), needs=("physical",), exposed=True, persons=True)]
    few = {"migrants": 200, "days": 25}
    one = lived(cells, **few)
    other = lived(cells, engine="reference", **few)
    assert counts(one).tolist() == counts(other).tolist()
    assert one.watcher is not None
    assert other.watcher is not None
    assert one.watcher.ever.tolist() == other.watcher.ever.tolist()
    assert one.state_hash() == lived([], **few).state_hash() == other.state_hash()


def test_a_branch_goes_on_counting_by_itself() -> None:
    base = load(SCENARIO).plan()
    model = TrustModel(base, migrants=300, days=DAYS, cells=[Cell(persons=True)])
    while model.day < 5:
        model.step()
    branch = model.branch(base).run()
    assert counts(model)[5:].sum() == 0
    model.run()
    assert counts(branch).tolist() == counts(model).tolist()

