"""What is written to disk: the same bytes each time, clean by ruff and mypy, in need of NumPy alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import derive.kernels
from derive.cli import app
from derive.kernels.compile import source_of
from derive.kernels.library import written
from derive.kernels.specs import families

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kernels")
    for name in families():
        written(name, out)
    return out


def tool(name: str) -> str:
    found = shutil.which(name) or str(Path(sys.executable).parent / name)
    if not Path(found).exists():
        pytest.skip(f"{name} is not installed")
    return found


def test_written_again_byte_for_byte(folder: Path) -> None:
    script = "import sys; from derive.kernels.compile import source_of; sys.stdout.write(source_of('batchnorm'))"
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "DERIVE_CACHE": str(folder / f"cache{seed}")}
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert run.stdout == (folder / "batchnorm.py").read_text()
    assert source_of("softmax") == (folder / "softmax.py").read_text()


def test_ruff_and_mypy(folder: Path) -> None:
    config = str(ROOT / "pyproject.toml")
    ruff = subprocess.run(
        [tool("ruff"), "check", "--config", config, str(folder)], capture_output=True, text=True, check=False
    )
    assert ruff.returncode == 0, ruff.stdout
    paths = [str(path) for path in sorted(folder.glob("*.py"))]
    mypy = subprocess.run(
        [tool("mypy"), "--strict", "--config-file", "", "--cache-dir", str(folder / "mypy"), *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert mypy.returncode == 0, mypy.stdout


def test_imports_numpy_alone(folder: Path) -> None:
    names = ", ".join(families())
    script = f"import sys; sys.path.insert(0, {str(folder)!r}); import {names}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"sympy", "derive", "flint", "proofs"}


def test_documented() -> None:
    text = " ".join(derive.kernels.gmm.em_step.__doc__.split())
    assert "Shapes: x (N, d); pi (K,), positive; mu (K, d); Sigma (K, d, d), symmetric, positive definite." in text
    assert "mixtures/gaussian.update_means (solution 4, problem 4)" in text
    assert r"\succ 0" in text  # the condition of the proof
    assert "pi_{k} = 1$" in derive.kernels.bernoulli_mixture.responsibilities.__doc__  # a fact it was proved under


def test_command(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["kernels", "softmax", "gan", "--out", str(tmp_path / "new")])
    assert run.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["gan.py", "softmax.py"]
    assert (tmp_path / "new" / "softmax.py").read_text() == source_of("softmax")


def test_command_lists_what_there_is() -> None:
    run = CliRunner().invoke(app, ["kernels"])
    assert run.exit_code == 0
    assert "softmax: forward, vjp" in run.output.splitlines()


def test_command_says_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["kernels", "gnn", "--out", str(tmp_path)])
    assert run.exit_code == 2
    assert "no kernels are named 'gnn'; there are batchnorm, " in run.stderr
    (tmp_path / "file").write_text("")
    run = CliRunner().invoke(app, ["kernels", "gan", "--out", str(tmp_path / "file")])
    assert run.exit_code == 2
    assert "cannot be written" in run.stderr


def test_kept_where_only_its_owner_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.kernels import library

    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
    first = library._kept("gan")
    assert first.is_relative_to(tmp_path)
    assert first.parent.stat().st_mode & 0o077 == 0
    library.module("gan")
    assert not (first.parent / "__pycache__").exists()
    first.chmod(0o666)  # anybody could have changed it
    first.write_text("raise SystemExit")
    assert library._kept("gan").read_text() == source_of("gan")


def test_nowhere_to_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.kernels import library

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "file" / "cache"))
    assert library.module("gan").optimal_discriminator(1.0, 3.0) == 0.25


IMPORTED = """
import pickle
import derive.kernels.softmax
from derive.kernels.gmm import em_step
from derive.kernels import gmm

assert gmm.em_step is em_step and derive.kernels.gmm is gmm and gmm.__file__.endswith(".py")
assert pickle.loads(pickle.dumps(em_step)) is em_step
assert derive.kernels.softmax.forward([[0.0, 0.0]]).tolist() == [[0.5, 0.5]]
for unknown in ("nothing", "library.nothing"):
    try:
        __import__(f"derive.kernels.{unknown}")
    except ModuleNotFoundError as problem:
        assert unknown in str(problem)
    else:
        raise SystemExit(f"{unknown} was found")
"""


def test_every_way_to_import_gives_one_module() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORTED], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
