"""A step of EM on data larger than the memory there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from derive.kernels import gmm

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS, ROOM = 400_000, 32, 64_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="the limit set here is one of Linux")
def test_data_larger_than_memory(tmp_path: Path) -> None:
    pytest.importorskip("array_api_compat")
    pytest.importorskip("distributed")
    from tests.kernels.within_limit import start

    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS, COLUMNS)) + rng.choice([-0.5, 0.5], size=(ROWS, 1))
    assert x.nbytes > 1.5 * ROOM
    x.tofile(tmp_path / "x.bin")
    arguments = [str(tmp_path / "x.bin"), *map(str, (ROWS, COLUMNS, ROOM))]
    run = subprocess.run(
        [sys.executable, "-m", "tests.kernels.within_limit", *arguments],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    wanted = gmm.em_step(x, *start(COLUMNS))
    for one, two in zip(json.loads(run.stdout), wanted, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-12)
