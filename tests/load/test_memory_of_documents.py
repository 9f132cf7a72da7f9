"""A long document needs little more memory than a short one: what is kept of lines read and judged has bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="limits of memory are those of the system")

HEAD = r"""<!--: index n = 1..N -->
<!--: \mathbf{w}, \mathbf{x}_n \in \mathbb{R}^d ; t_n \in \{0,1\} ; function \sigma = logistic -->
With $y_n = \sigma(\mathbf{w}^T\mathbf{x}_n)$, the loss is
$$E = -\sum_{n=1}^N \left[ t_n \log y_n + (1-t_n) \log (1-y_n) \right]$$
"""
LINE = r"$$\nabla_{\mathbf{w}} (%d E) = %d \sum_{n=1}^N (y_n - t_n) \mathbf{x}_n$$"
LINES = 250
MOST = 250 * 2**20
"""Bytes of address space of each process, the code of all libraries included."""

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["derive", "check", sys.argv[2], "--no-cache", "--jobs", "1", "--quiet"]
from derive.cli import main
main()
"""


def test_a_long_document_fits(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text(HEAD + "\n\n".join(LINE % (k, k) for k in range(2, LINES + 2)))
    command = [sys.executable, "-c", LIMITED, str(MOST), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
