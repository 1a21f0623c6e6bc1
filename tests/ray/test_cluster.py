"""A real cluster of two nodes on one machine: the same bytes, also where a node is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ray = pytest.importorskip("ray")
from ray.cluster_utils import Cluster  # noqa: E402

from coder.build import BuildOptions, Silent, build  # noqa: E402
from coder.engines.guard import Guard  # noqa: E402
from coder.engines.ray import cores, run_batches  # noqa: E402
from coder.pipeline import Options  # noqa: E402
from coder.tables.models import TABLES  # noqa: E402
from tests.breakable import make_upper  # noqa: E402
from tests.cli.helper import CODEBOOK, articles  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Cluster, Any]]:
    """A head without processors for work, and two nodes with one each."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    nodes = [made.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=made.address, log_to_driver=False)
    made.wait_for_nodes()
    yield made, nodes[1]
    ray.shutdown()
    made.shutdown()


def guard(seconds: float) -> Guard[list[str], list[str]]:
    return Guard(
        seconds=lambda batch: seconds,
        parts=lambda batch: [[word] for word in batch],
        refuse=lambda batch, loss: [loss.message.code],
        join=lambda results: [word for words in results for word in words],
    )


def test_words_that_break_an_actor(cluster: tuple[Cluster, Any]) -> None:
    batches = [["a"], ["b", "exit", "c"], ["d"], ["e", "sleep"], ["f"]]
    found = list(run_batches(make_upper, batches, cores(), guard(15)))
    assert found == [["A"], ["B", "E456", "C"], ["D"], ["E", "E455"], ["F"]]


class Killer(Silent):
    """Ends a node once some articles are coded."""

    def __init__(self, cluster: Cluster, node: Any) -> None:
        self.cluster, self.node, self.coding, self.seen = cluster, node, False, 0

    def step(self, name: str, total: int | None = None) -> None:
        self.coding = name == "code"

    def advance(self, n: int, events: int = 0) -> None:
        self.seen += n if self.coding else 0
        if self.seen >= 20 and self.node is not None:
            self.cluster.remove_node(self.node, allow_graceful=False)
            self.node = None


def test_a_node_killed_in_mid_run(
    tmp_path: Path, cluster: tuple[Cluster, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.intake.BATCH_CHARACTERS", 1000)
    rows = [
        {"published": "2024-02-14", "text": f"Gunmen looted {n} trucks near the border of Sudan."}
        for n in range(400)
    ]
    source = articles(tmp_path / "a.jsonl", *rows)
    coder = Options((str(CODEBOOK),))
    progress = Killer(*cluster)
    far = build([str(source)], tmp_path / "ray", BuildOptions(coder, engine="ray"), progress)
    assert progress.node is None
    assert progress.seen == 400
    near = build([str(source)], tmp_path / "local", BuildOptions(coder, workers=1, time_limit=0))
    assert far.rows("mentions") == 400
    assert far.rows("rejects") == 0
    for table in TABLES:
        one, two = (r.folder / f"{table}.parquet" for r in (far, near))
        assert one.read_bytes() == two.read_bytes(), table
    assert far.manifest.digest == near.manifest.digest
