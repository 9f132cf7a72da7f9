"""The examples as commands, and what they do when a step is wrong: stop, and say so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from derive.kernels import batchnorm, gmm, multinomial_mixture, samme

ROOT = Path(__file__).parents[2]


def example(name: str) -> ModuleType:
    """An example as a module."""
    spec = spec_from_file_location(f"example_{name}", ROOT / "examples" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    sys.modules[found.__name__] = found  # its dataclasses look their module up
    spec.loader.exec_module(found)
    return found


def damaged(module: Any, name: str, change: Callable[[Any], Any]) -> SimpleNamespace:
    """A family of kernels of which one gives something else."""
    whole = {each: getattr(module, each) for each in module.__all__}
    return SimpleNamespace(**{**whole, name: lambda *given, **named: change(whole[name](*given, **named))})


# -- as commands -------------------------------------------------------------------------------------------------------
SAYS = {
    "topics": ["K = 10: ", "K = 20: ", "K = 30: ", "K = 50: ", " iterations, log-likelihood -", "t_10 ("],
    "iris": ["log-likelihood -180.185", "scikit-learn's -180.185"],
    "boosting": ["ours: ", "scikit-learn: "],
    "digits": ["test: ", "after the last"],
}


@pytest.mark.parametrize("name", SAYS)
def test_one_command(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    if name != "topics":
        pytest.importorskip("sklearn")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "MPLCONFIGDIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, str(ROOT / "examples" / f"{name}.py")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for text in SAYS[name]:
        assert text in run.stdout
    assert f"plotted to {name}.png" in run.stdout
    assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert "100%" in run.stderr  # the progress bar


# -- a step that is wrong ----------------------------------------------------------------------------------------------
def test_topics_stop_when_the_likelihood_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.progress import Progress

    module = example("topics")
    counts, _ = module.corpus()
    turned = damaged(multinomial_mixture, "em_step", lambda step: (step[0], np.roll(step[1], 1, axis=1)))
    monkeypatch.setattr(module, "model", turned)
    with (
        Progress(disable=True) as progress,
        pytest.raises(SystemExit, match="K = 10, step 1: the log-likelihood"),
    ):
        module.fit(counts, 10, progress)


def test_irises_stop_when_the_likelihood_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    module = example("iris")
    monkeypatch.setattr(module, "gmm", damaged(gmm, "em_step", lambda step: (step[0], step[1] + 1.0, step[2])))
    x = np.random.default_rng(0).normal(size=(50, 4))
    with pytest.raises(SystemExit, match=r"the log-likelihood fell from .* to .*; EM never does that"):
        module.fit(x, np.random.default_rng(0))


def test_a_likelihood_that_is_no_number_stops_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    module = example("iris")
    monkeypatch.setattr(module, "gmm", damaged(gmm, "log_likelihood", lambda value: value * np.nan))
    with pytest.raises(SystemExit, match="the log-likelihood fell from nan to nan"):
        module.fit(np.random.default_rng(0).normal(size=(50, 4)), np.random.default_rng(0))


def test_boosting_stops_when_the_loss_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
    module = example("boosting")
    monkeypatch.setattr(module, "samme", damaged(samme, "step", lambda step: -step))
    with pytest.raises(SystemExit, match="the loss rose from 1400"):
        module.main()


def test_training_stops_when_nothing_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
    module = example("digits")
    uphill = damaged(batchnorm, "network_gradient", lambda found: tuple(-gradient for gradient in found))
    monkeypatch.setattr(module, "batchnorm", uphill)
    with pytest.raises(SystemExit, match="the gradients must be wrong"):
        module.main()
