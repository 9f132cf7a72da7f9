"""EM for a Gaussian mixture on Fisher's irises, beside scikit-learn's (solution 4, problem 4).

``python examples/iris.py`` needs scikit-learn for the measurements. The log-likelihood must not fall at any step; if it
does, the example stops and says so. It shows how the components divide the species, and plots them to ``iris.png``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from derive.kernels import gmm

COMPONENTS, STEPS, STARTS = 3, 200, 20


def fit(x: np.ndarray, rng: np.random.Generator) -> tuple[tuple[np.ndarray, ...], list[float]]:
    """EM from means at random points."""
    found: tuple[np.ndarray, ...] = (
        np.full(COMPONENTS, 1 / COMPONENTS),
        x[rng.choice(len(x), COMPONENTS, replace=False)],
        np.repeat(np.cov(x.T)[None] / COMPONENTS, COMPONENTS, axis=0),
    )
    values = [float(gmm.log_likelihood(x, *found))]
    for _ in range(STEPS):
        found = gmm.em_step(x, *found)
        values.append(float(gmm.log_likelihood(x, *found)))
        if not values[-1] >= values[-2] - 1e-9 * abs(values[-2]):  # nor if it is NaN
            sys.exit(f"the log-likelihood fell from {values[-2]} to {values[-1]}; EM never does that")
    return found, values


def plot(x: np.ndarray, r: np.ndarray, path: Path) -> str:
    """Petals coloured by their component, where matplotlib is installed; what was done, in words."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return "no plot: pip install 'derive[plots]'"
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.scatter(x[:, 2], x[:, 3], c=r, s=20)
    axes.set(xlabel="length of the petals (cm)", ylabel="width (cm)")
    figure.savefig(path, dpi=150)
    return f"plotted to {path}"


def main() -> None:
    """The whole example."""
    try:
        from sklearn.datasets import load_iris
        from sklearn.mixture import GaussianMixture
    except ImportError:
        sys.exit("the irises, and the mixture beside ours, come with scikit-learn: pip install scikit-learn")
    console = Console()
    x, species = load_iris(return_X_y=True)
    rng = np.random.default_rng(0)
    runs = []
    for _ in track(range(STARTS), console=Console(stderr=True), description="EM"):
        try:
            runs.append(fit(x, rng))
        except np.linalg.LinAlgError:  # a component fell in on a few points, where the likelihood has no bound
            continue
    best, values = max(runs, key=lambda run: run[1][-1])
    console.print(f"{STARTS - len(runs)} of {STARTS} starts ended in a singular covariance")
    r = gmm.responsibilities(x, *best)
    table = Table("component", "weight", "setosa", "versicolor", "virginica")
    for k in range(COMPONENTS):
        counts = np.bincount(species[r.argmax(axis=1) == k], minlength=3)
        table.add_row(str(k + 1), f"{best[0][k]:.3f}", *map(str, counts))
    console.print(table)
    peer = GaussianMixture(COMPONENTS, reg_covar=0, tol=1e-9, max_iter=1000, n_init=STARTS, random_state=0).fit(x)
    console.print(f"log-likelihood {values[-1]:.6f}, scikit-learn's {peer.score(x) * len(x):.6f}")
    console.print(plot(x, r, Path("iris.png")))


if __name__ == "__main__":
    main()
