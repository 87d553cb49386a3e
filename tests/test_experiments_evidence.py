"""The evidence tables can be loaded, and every figure has a source."""

import pytest

from experiments.evidence import cited_by, ids, ids_in, load, names
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
