"""A step of EM on a file larger than the memory this process may use: run by ``test_dask.py``, in a process of its own.

``python -m tests.kernels.within_limit FILE ROWS COLUMNS BYTES`` sets the limit (of the operating system, on private
memory) to what is used already and so many bytes more, shows that the file as an array does not fit, and prints the
step as JSON. Dask keeps the samples between the two passes of the step; what is too much, its worker puts on disk.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import dask
import dask.array as da
import numpy as np
from distributed import Client

from derive.kernels import gmm

CHUNK = 4000
MEMORY = {"target": 0.5, "spill": False, "pause": False, "terminate": False}


def start(columns: int) -> tuple[np.ndarray, ...]:
    """Weights, means and covariances of two components."""
    means = np.stack([np.full(columns, 0.5), np.full(columns, -0.5)])
    return np.array([0.4, 0.6]), means, np.repeat(1.5 * np.eye(columns)[None], 2, axis=0)


def samples(path: Path, rows: int, columns: int) -> Any:
    """The file as an array of chunks, each of which is read when it is needed."""

    def read(block_info: Any = None) -> np.ndarray:
        first, last = block_info[None]["array-location"][0]
        found = np.fromfile(path, count=(last - first) * columns, offset=first * columns * 8)
        return found.reshape(-1, columns)

    chunks = ((CHUNK,) * (rows // CHUNK), (columns,))
    return da.map_blocks(read, chunks=chunks, dtype=float, meta=np.empty((0, 0)))


def used() -> int:
    """The private memory of this process, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))


def main(path: Path, rows: int, columns: int, room: int) -> None:
    """The whole of it."""
    x, parameters = samples(path, rows, columns), start(columns)
    dask.config.set({f"distributed.worker.memory.{name}": value for name, value in MEMORY.items()})
    with Client(
        processes=False,
        n_workers=1,
        threads_per_worker=1,
        memory_limit=room // 3,
        dashboard_address=None,
        local_directory=str(path.parent),
    ):
        dask.compute(*gmm.em_step(x[:CHUNK], *parameters))  # imports and threads are not what is measured
        resource.setrlimit(resource.RLIMIT_DATA, (used() + room,) * 2)
        try:
            np.ones((rows, columns))
        except MemoryError:
            pass
        else:
            sys.exit("the limit does not bind")
        found = dask.compute(*gmm.em_step(x, *parameters))
    print(json.dumps([part.tolist() for part in found]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
