"""A Dask cluster gives the answers that one machine gives."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from derive import check_many
from derive.batch.local import NoCluster, run
from derive.checker import Limits
from tests.load.documents import lines

distributed = pytest.importorskip("distributed", reason="needs the extra `dask`")

LIMITS = Limits(jobs=2)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
    ) as made:
        yield made


def answered(data: bytes, limits: Limits, tmp_path: Path, address: str | None = None) -> bytes:
    path, out = tmp_path / "lines", io.BytesIO()
    path.write_bytes(data)
    with path.open("rb") as file:
        run(file.fileno(), out, limits, address)
    return out.getvalue()


def test_the_same_bytes(cluster: Any, tmp_path: Path) -> None:
    data = b"".join(lines(30, seed=5, hard=False))
    here = answered(data, LIMITS, tmp_path)
    assert here.count(b"\n") == 30
    assert answered(data, LIMITS, tmp_path, cluster.scheduler_address) == here


def test_from_python(cluster: Any) -> None:
    documents = [{"id": number, "text": f"${number} = 1$", "format": "md"} for number in range(5)]
    found = list(check_many(documents, LIMITS, cluster.scheduler_address))
    assert [each["summary"]["proved"] for each in found] == [0, 1, 0, 0, 0]


def test_a_worker_of_the_cluster_that_is_killed_costs_no_answer(cluster: Any, tmp_path: Path) -> None:
    documents = [{"id": number, "text": f"${number} = 1$", "format": "md"} for number in range(40)]
    found = []
    for answer in check_many(iter(documents), replace(LIMITS, timeout=11.0), cluster.scheduler_address):
        found.append(answer["id"])
        if answer["id"] == 5:
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert found == list(range(40))


def test_answers_that_die_with_a_worker_are_made_again(cluster: Any) -> None:
    """Those that wait there for one before them that takes long: they were ready once, and are so a second time."""
    slow = r"$\prod_{i=1}^{100000000} i = 1$"  # until its time is over
    documents = [{"id": 0, "text": slow, "format": "md"}]
    documents += [{"id": number, "text": f"${number} = 1$", "format": "md"} for number in range(1, 30)]
    killer = Thread(target=_kill_the_fullest, args=(cluster,))
    killer.start()
    found = [each["id"] for each in check_many(documents, replace(LIMITS, timeout=4.0), cluster.scheduler_address)]
    killer.join()
    assert found == list(range(30))


def _kill_the_fullest(cluster: Any) -> None:
    """As soon as a worker of the cluster holds many answers, kill it."""
    for _ in range(2000):
        for worker in list(cluster.scheduler.workers.values()):
            if len(worker.has_what) > 10:
                os.kill(next(each for each in cluster.workers.values() if each.worker_address == worker.address).pid, 9)
                return
        time.sleep(0.005)


def test_no_scheduler_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("derive.batch.cluster.SECONDS_TO_CONNECT", 1)
    with pytest.raises(NoCluster, match=r"expected a Dask scheduler at tcp://127\.0\.0\.1:9"):
        answered(b"", LIMITS, tmp_path, "tcp://127.0.0.1:9")


@pytest.mark.parametrize("address", ["somewhere", "", "tcp://somewhere", "tcp://host:port"])
def test_no_address_of_a_scheduler(address: str, tmp_path: Path) -> None:
    """Said at once: nothing is waited for."""
    started = time.monotonic()
    with pytest.raises(NoCluster, match=f"such as tcp://HOST:8786, found '{address}'"):
        answered(b"", LIMITS, tmp_path, address)
    assert time.monotonic() - started < 10


def test_another_version_on_the_cluster_is_refused(
    cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("derive.batch.cluster.program_digest", lambda: "another")
    with pytest.raises(NoCluster, match="another version"):
        answered(
            json.dumps({"id": 1, "text": "$1 = 1$", "format": "md"}).encode(),
            LIMITS,
            tmp_path,
            cluster.scheduler_address,
        )
