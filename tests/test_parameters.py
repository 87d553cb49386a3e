"""The registry of parameters: every number has a unit, a range, a source and a use."""

from __future__ import annotations

import ast
import copy
import math
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

import sim
from experiments.evidence import ids
from sim.codes import CHANNELS, KINDS_OF_EVENT, STATUSES
from sim.engine.amounts import evidence_amounts, exposure_table, gates
from sim.parameters import REGISTRY, Parameter, Parameters, _declare
from sim.registry import belief
from sim.registry import evidence_amounts as amounts
from sim.registry.reasons import REASONS

UNITS = {"days", "share", "1/day", "amount", "utility", "count", "multiplier", "switch", "dollars"}
PLAIN_SOURCES = {"trial", "assumed", "design"}
EVENT_ROWS = [row[0] for row in amounts.ROWS if row[0] != "served_government_factor"]


# --- every declaration -------------------------------------------------------------------------

@pytest.mark.parametrize("parameter", REGISTRY.values(), ids=lambda p: p.name)
def test_a_parameter_is_declared_in_full(parameter: Parameter) -> None:
    p = parameter
    assert re.fullmatch(r"[a-z][a-z0-9_]*", p.name)
    assert p.unit in UNITS
    assert p.group
    assert p.note.endswith(".")
    assert len(p.note) > 15
    assert all(math.isfinite(number) for number in (p.default, p.low, p.high))
    assert p.least <= p.low <= p.default <= p.high <= p.most
    assert p.low < p.high or p.name == "prior_weight"  # what is varied has room to vary
    assert p.scale == "linear" or p.low > 0.0
    if p.unit == "switch":
        assert p.default in (0.0, 1.0)


@pytest.mark.parametrize("parameter", REGISTRY.values(), ids=lambda p: p.name)
def test_a_parameter_has_a_source_that_exists(parameter: Parameter) -> None:
    if parameter.source == "subjective logic (Jøsang 2016)":
        return
    words = parameter.source.split()
    assert words
    assert len(words) == len(set(words))
    assert set(words) <= PLAIN_SOURCES | ids()
    assert set(words) & ids() or parameter.assumed or "design" in words
    assert "design" not in words or (words == ["design"] and parameter.unit == "switch")


@pytest.mark.parametrize("parameter", REGISTRY.values(), ids=lambda p: p.name)
def test_what_is_assumed_has_a_reason_and_a_wide_range(parameter: Parameter) -> None:
    assert parameter.assumed == bool(parameter.reason)
    if parameter.assumed:
        assert parameter.wide, (parameter.low, parameter.high)
        assert len(parameter.reason) > 40
        assert parameter.reason.endswith(".")
        assert set(re.findall(r"\b[SCMQTE]\d+\b", parameter.reason)) <= ids()


@pytest.mark.parametrize(
    ("unit", "low", "high", "wide"),
    [
        ("amount", 1.0, 3.0, True), ("amount", 1.0, 2.9, False), ("amount", 0.0, 0.1, True),
        ("share", 0.6, 1.0, True), ("share", 0.61, 1.0, False), ("share", 0.1, 0.3, True),
        ("utility", -1.0, 1.0, True), ("utility", -0.9, 1.0, False), ("utility", 0.1, 0.3, True),
        ("days", 10.0, 29.0, False),
    ],
)  # fmt: skip
def test_how_wide_is_wide(unit: str, low: float, high: float, *, wide: bool) -> None:
    made = Parameter(**REGISTRY["bf"].model_dump() | {
        "unit": unit, "low": low, "high": high, "default": low,
    })  # fmt: skip
    assert made.wide == wide


def test_reasons_belong_to_parameters() -> None:
    assert set(REASONS) <= set(REGISTRY)


def test_the_evidence_is_cited_by_the_parameters() -> None:
    cited = {word for p in REGISTRY.values() for word in p.source.split()} & ids()
    assert len(cited) >= 15
    assert {name[0] for name in cited} >= {"S", "E", "C", "M"}


def test_a_declaration_that_contradicts_itself_is_refused() -> None:
    good = REGISTRY["bf"].model_dump()
    Parameter(**good)
    with pytest.raises(ValidationError, match="bf: default 9"):
        Parameter(**good | {"default": 9.0})
    with pytest.raises(ValidationError):
        Parameter(**good | {"scale": "square"})
    with pytest.raises(ValidationError):
        Parameter(**good | {"colour": "red"})
    with pytest.raises(ValidationError):
        REGISTRY["bf"].default = 0.0


def test_a_name_can_be_declared_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _declare().keys() == REGISTRY.keys()
    monkeypatch.setattr(belief, "ROWS", [*belief.ROWS, belief.ROWS[3]])
    with pytest.raises(ValueError, match=f"'{belief.ROWS[3][0]}' is declared twice"):
        _declare()


# --- the values of one run ---------------------------------------------------------------------

def test_defaults_are_those_of_the_registry() -> None:
    p = Parameters.of()
    assert dict(p) == {name: it.default for name, it in REGISTRY.items()}
    assert list(p) == list(REGISTRY)
    assert len(p) == len(REGISTRY)
    assert p.changed() == {}
    assert Parameters.of({}) == p == Parameters.of(None)


def test_changes_are_kept_and_shown() -> None:
    p = Parameters.of({"bf": 6, "omega": REGISTRY["omega"].default, "phone_share": 0.5})
    assert p["bf"] == 6.0
    assert isinstance(p["bf"], float)
    assert p["bn"] == REGISTRY["bn"].default
    assert p.changed() == {"bf": 6.0, "phone_share": 0.5}
    assert eval(repr(p), {"Parameters": Parameters}) == p
    assert Parameters.of(p.changed()) == p
    assert p != Parameters.of()


@pytest.mark.parametrize("name", ["bff", "BF", "bf ", "", "beta", "__class__"])
def test_an_unknown_name_is_an_error(name: str) -> None:
    with pytest.raises(KeyError) as caught:
        Parameters.of({"bf": 3.0, name: 1.0})
    assert caught.value.args == (name,)
    with pytest.raises(KeyError):
        Parameters.of()[name]


def test_the_values_of_a_run_cannot_be_changed() -> None:
    changes = {"bf": 6.0}
    p = Parameters.of(changes)
    changes["bf"] = 2.0
    p.changed()["bf"] = 2.0
    with pytest.raises(TypeError):
        p["bf"] = 2.0  # type: ignore[index]
    with pytest.raises(TypeError):
        del p["bf"]  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        p.update(bf=2.0)  # type: ignore[attr-defined]
    assert p["bf"] == 6.0
    assert Parameters.of()["bf"] == REGISTRY["bf"].default


def test_the_values_survive_copying_and_pickling() -> None:
    p = Parameters.of({"bf": 6.0})
    assert pickle.loads(pickle.dumps(p)) == p
    assert copy.deepcopy(p) == copy.copy(p) == p


# --- every parameter does something ------------------------------------------------------------

class _Used(ast.NodeVisitor):
    """Names read from parameters: ``p.bf``, ``t.p[0].bf``, ``p["bf"]``, ``f"exposure_{..}"``."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.prefixes: set[str] = set()
        self.words: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner = node.value.value if isinstance(node.value, ast.Subscript) else node.value
        if (isinstance(owner, ast.Name) and owner.id == "p") or (
                isinstance(owner, ast.Attribute) and owner.attr == "p"):
            self.names.add(node.attr)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            self.names.add(node.slice.value)
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if isinstance(node.values[0], ast.Constant):
            self.prefixes.add(str(node.values[0].value))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.words.add(node.value)


def test_every_parameter_is_used_somewhere() -> None:
    used = _Used()
    root = Path(sim.__file__).parent
    for path in root.rglob("*.py"):
        if root / "registry" not in path.parents:
            used.visit(ast.parse(path.read_text(encoding="utf-8")))
    families = {prefix + word for prefix in used.prefixes if prefix.endswith("_")
                for word in used.words}
    idle = set(REGISTRY) - used.names - families - set(EVENT_ROWS)
    assert sorted(idle) == []


@pytest.mark.parametrize("name", EVENT_ROWS)
def test_evidence_of_an_event_reaches_the_table_of_the_engine(name: str) -> None:
    before = evidence_amounts(Parameters.of())
    after = evidence_amounts(Parameters.of({name: REGISTRY[name].default + 0.125}))
    changed = np.argwhere(after != before)
    kinds = {KINDS_OF_EVENT[row] for row, _ in changed}
    if name.startswith("detained_"):  # in town, through a service, and in spite of a firewall
        assert kinds == {"detained", "detained_through_service", "broken"}
    else:
        assert len(kinds) == 1
        assert name.startswith(f"{kinds.pop()}_")
    assert len({column for _, column in changed}) == 1
    assert np.allclose((after - before)[after != before], 0.125)


def test_an_event_without_amounts_leaves_no_evidence() -> None:
    table = evidence_amounts(Parameters.of())
    assert (table >= 0.0).all()
    silent = {kind for kind, row in zip(KINDS_OF_EVENT, table, strict=True) if not row.any()}
    assert silent == {"none", "firewall", "leg_danger"}


def test_exposure_is_as_the_model_says() -> None:
    table = exposure_table(Parameters.of(), ())
    expected = {"irregular": (1, 1), "refused": (1, 1), "deportee": (0.7, 0.7),
                "asylum_seeker": (0.6, 0.6), "regular": (0.2, 0.49), "other": (0.2, 0.49),
                "refugee": (0.3, 0.3), "returnee": (0.2, 0.2)}
    assert {s: tuple(row) for s, row in zip(STATUSES, table, strict=True)} == expected
    for name in REGISTRY:
        if name.startswith("exposure_"):
            changed = exposure_table(Parameters.of({name: 0.05}), ())
            assert (changed != table).any()
    spared = exposure_table(Parameters.of(), ("irregular", "other"))
    zero = [STATUSES.index("irregular"), STATUSES.index("other")]
    assert (spared[zero] == 0.0).all()
    assert (np.delete(spared, zero, 0) == np.delete(table, zero, 0)).all()


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_can_be_switched_off_but_not_the_prior(channel: str) -> None:
    assert (gates(Parameters.of()) == 1.0).all()
    if channel == "prior":
        assert "channel_prior" not in REGISTRY
        return
    off = gates(Parameters.of({f"channel_{channel}": 0.0}))
    assert off.tolist() == [float(name != channel) for name in CHANNELS]
