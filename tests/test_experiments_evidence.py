"""The evidence tables can be loaded, and every figure has a source."""

import pytest

from experiments.evidence import cited_by, ids, ids_in, load, names
from experiments.evidence.telling import told, where
from experiments.evidence.uses import Use, uses
from experiments.evidence_page import _fitted, notes
from sim.parameters import REGISTRY

TABLES = {
    "calibration_targets": 20, "effects": 27, "mechanisms": 34, "missing_migrants_route_year": 184,
    "peer_screening": 85, "stylised_facts": 13, "survey_facts": 25, "survey_facts_external": 65,
}  # fmt: skip


def test_the_tables_are_complete():
    assert {name: len(load(name)) for name in names()} == TABLES
    assert len(load("effects.csv")) == TABLES["effects"]


def test_ids_are_unique_and_of_every_kind():
    listed = [row for name in TABLES if "id" in load(name) for row in load(name)["id"]]
    assert len(listed) == len(set(listed))
    assert ids() == {*listed, "MM", "PS"}
    assert {"S10", "E001", "C01", "M32", "Q08", "T04"} <= ids()


@pytest.mark.parametrize("name", ["effects", "mechanisms", "survey_facts", "survey_facts_external"])
def test_every_figure_has_a_source(name):
    table = load(name)
    source = "source_file" if "source_file" in table else "source_url"
    assert (table[source].str.len() > 0).all()


def test_targets_name_evidence_that_exists():
    for cell in load("calibration_targets")["evidence_ids"]:
        for part in cell.split(","):
            for end in part.split("-"):
                assert end in ids()


def test_an_unknown_table_is_named():
    with pytest.raises(KeyError, match="effects"):
        load("effect")


def test_ids_are_found_in_words():
    assert ids_in("C39 to C41 (records), MM; E020-E022 and M12, M12") == [
        "C39", "C40", "C41", "MM", "E020", "E021", "E022", "M12",
    ]  # fmt: skip
    assert ids_in("C02 was left out; OSM, guess, SC1 and MMC are no ids") == []


def test_a_parameter_cites_what_its_source_names():
    assert cited_by(REGISTRY["half_life_against"]) == ["C37", "E064"]
    assert cited_by(REGISTRY["bf"]) == []


def test_every_piece_can_be_told():
    assert all(told(name) for name in ids())
    assert told("S17").endswith("25 %")
    assert where("E020").endswith("Central Sahel (Mali, Burkina Faso, Niger)")
    assert where("Q01") == where("T01") == where("MM") == ""


def test_uses_are_found_in_every_kind_of_place():
    used = uses()
    assert set(used) == ids()
    assert Use("parameter", "negativity") in used["M01"]
    assert Use("network", "central_mediterranean/legs.csv") in used["M28"]
    assert Use("target", "T07") in used["S17"]
    assert Use("fact", "low_exposure") in used["C10"]
    assert Use("shape", "outlives") in used["C37"]
    assert Use("intervention", "firewall") in used["Q08"]
    assert Use("survey", "trust: none") in used["E005"]
    assert used["PS"] == []


def test_conflicts_name_evidence_that_exists():
    conflicts = notes("conflicts")
    assert len({each["title"] for each in conflicts}) == len(conflicts) >= 10
    for each in conflicts:
        assert len(each["ids"]) >= 2
        assert set(each["ids"]) <= ids()
        assert set(ids_in(each["says"] + each["model"])) <= ids()
        assert each["says"].endswith(".")
        assert each["model"].endswith(".")
    named = {name for each in conflicts for name in each["ids"]}
    assert named >= {"C01", "C34", "C35", "C37", "E064", "M14"}


def test_what_is_used_nowhere_has_a_reason():
    why = {name for each in notes("unused") for name in ids_in(each["ids"])}
    assert {name for name, found in uses().items() if not found} <= why


@pytest.mark.parametrize(
    ("written", "fitted"),
    [({}, False), ({"fitted": True}, True), ({"fitted": "no"}, False), ({"fold": "fit"}, True),
     ({"fold": "kept"}, False)],
)  # fmt: skip
def test_a_target_says_whether_it_was_fitted(written, fitted):
    assert _fitted(written, "T14_none") is fitted


def test_where_a_target_is_silent_the_design_decides():
    assert _fitted({}, "T03_here")
    assert not _fitted({}, "T14_none")
