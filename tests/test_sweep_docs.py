"""What docs/sweeps.md shows is true: the design, the columns, the snippets and the recipes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dask_jobqueue import SLURMCluster
from ruamel.yaml import YAML

from experiments.sweep import Store, sweep
from scenarios.designing import load_design, runs_of

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "sweeps.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory where the page's design was swept, made small."""
    folder = tmp_path_factory.mktemp("docs")
    written, _ = fenced("yaml")
    assert runs_of(load_design(YAML(typ="safe").load(written))) == 6_000
    for large, small in (("points: 500", "points: 2"), ("replicates: 4", "replicates: 1"),
                         ("migrants: 2000, days: 240", "migrants: 60, days: 100")):  # fmt: skip
        assert large in written
        written = written.replace(large, small)
    (folder / "firewall.yaml").write_text(written, encoding="utf-8")
    sweep(folder / "firewall.yaml", out=folder / "results" / "firewall", workers=0)
    return folder


def test_the_snippets_run(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    pandas, duckdb, polars, _ = fenced("python")
    for snippet in (pandas, duckdb, polars):
        exec(compile(snippet, "sweeps.md", "exec", dont_inherit=True), {})
        assert len(capsys.readouterr().out.splitlines()) > 3


def test_every_file_and_column_is_explained(home: Path) -> None:
    store = Store(home / "results" / "firewall")
    varied = {"half_life_against", "danger_weight", "wall.compliance", "asked", "afraid"}
    for column in {*store.frame(), *store.daily()} - varied:
        assert f"`{column}`" in PAGE, column
    for file in store.folder.iterdir():
        assert f"  {file.name}" in PAGE, file.name


def test_jobs_on_slurm_start_one_process_a_core_with_one_thread() -> None:
    """As dask-jobqueue would submit them; nothing is submitted, so no SLURM is needed."""
    script = fenced("python")[3]
    found = re.search(r"SLURMCluster\((.*?)\n    \)", script, re.DOTALL)
    assert found is not None
    options = eval(f"dict({found[1]})")
    options |= {"interface": "lo", "scheduler_options": {"dashboard_address": "127.0.0.1:0"}}
    with SLURMCluster(**options) as cluster:
        job = cluster.job_script()
        assert cluster.scheduler_address.startswith("tcp://127.0.0.1:")
    assert "--nthreads 1 " in job
    assert "--nworkers 32 " in job
    for line in ("#SBATCH -p normal", "#SBATCH --cpus-per-task=32", "#SBATCH -t 04:00:00",
                 "export WAYTRUST_CACHE=/shared/cache"):  # fmt: skip
        assert line in job


def test_the_cluster_on_kubernetes_is_one_that_can_work() -> None:
    """The parts that have to agree do: names of ports, volumes, threads and the address."""
    cluster = YAML(typ="safe").load(fenced("yaml")[1])
    worker, scheduler = cluster["spec"]["worker"]["spec"], cluster["spec"]["scheduler"]
    (one,), (other,) = worker["containers"], scheduler["spec"]["containers"]
    assert one["image"] == other["image"]
    assert one["args"][-2:] == ["--nthreads", "1"]
    assert [mount["name"] for mount in one["volumeMounts"]] == [
        volume["name"] for volume in worker["volumes"]
    ]
    ports = {port["name"]: port["containerPort"] for port in other["ports"]}
    for port in scheduler["service"]["ports"]:
        assert ports[port["targetPort"]] == port["port"]
    name = cluster["metadata"]["name"]
    assert scheduler["service"]["selector"]["dask.org/cluster-name"] == name
    assert f"tcp://{name}-scheduler:8786" in PAGE
