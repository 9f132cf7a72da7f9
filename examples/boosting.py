"""SAMME with decision stumps on digits, beside scikit-learn's own AdaBoost (solution 4, problem 3).

``python examples/boosting.py`` needs scikit-learn. The weights of the images and the length of each step come from the
kernels ``samme.sample_weights`` and ``samme.step``. The exponential loss must fall at every step; if it does not, the
example stops and says so. It shows the errors of both after 400 stumps, and plots ours to ``boosting.png``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from derive.kernels import samme

ROUNDS, CLASSES, LEVELS = 400, 10, 17


@dataclass(frozen=True)
class Stump:
    """One class where a pixel is at most ``level``, another where it is above."""

    pixel: int
    level: int
    below: int
    above: int

    def answers(self, x: np.ndarray) -> np.ndarray:
        """The class of each image, 0 to 9."""
        return np.where(x[:, self.pixel] <= self.level, self.below, self.above)


def best_stump(x: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Stump:
    """The stump of least weighted error, over all pixels and levels."""
    table = np.zeros((x.shape[1], LEVELS, CLASSES))
    for pixel in range(x.shape[1]):
        np.add.at(table[pixel], (x[:, pixel], labels), weights)
    below = np.cumsum(table, axis=1)
    above = below[:, -1:] - below
    right = below.max(axis=2) + above.max(axis=2)
    pixel, level = (int(place) for place in np.unravel_index(np.argmax(right), right.shape))
    return Stump(pixel, level, int(below[pixel, level].argmax()), int(above[pixel, level].argmax()))


def loss(scores: np.ndarray, labels: np.ndarray) -> float:
    """The exponential loss that SAMME descends."""
    own = scores[np.arange(len(labels)), labels]
    return float(np.sum(np.exp((scores.sum(axis=1) - own) / (CLASSES - 1) - own)))


def plot(errors: np.ndarray, peer: list[float], path: Path) -> str:
    """The errors by round, where matplotlib is installed; what was done, in words."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return "no plot: pip install 'derive[plots]'"
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot(errors[:, 0], label="ours, training")
    axes.plot(errors[:, 1], label="ours, test")
    axes.plot(peer, "--", label="scikit-learn, test")
    axes.set(xlabel="stumps", ylabel="error")
    axes.legend()
    figure.savefig(path, dpi=150)
    return f"plotted to {path}"


def main() -> None:
    """The whole example."""
    try:
        from sklearn.datasets import load_digits
        from sklearn.ensemble import AdaBoostClassifier
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        sys.exit("the digits, and the boosting beside ours, come with scikit-learn: pip install scikit-learn")
    console = Console()
    pixels, labels = load_digits(return_X_y=True)
    pixels = pixels.astype(int)
    order = np.random.default_rng(0).permutation(len(labels))
    train, test = order[:1400], order[1400:]
    scores = np.zeros((len(labels), CLASSES))
    errors = np.empty((ROUNDS, 2))
    before = loss(scores[train], labels[train])
    for number in track(range(ROUNDS), console=Console(stderr=True), description="boosting"):
        weights = samme.sample_weights(scores[train], labels[train] + 1)
        stump = best_stump(pixels[train], labels[train], weights)
        answers = stump.answers(pixels)
        error = float(weights[answers[train] != labels[train]].sum())
        scores[np.arange(len(labels)), answers] += samme.step(error, CLASSES)
        after = loss(scores[train], labels[train])
        if not after <= before * (1 + 1e-12):  # nor if it is NaN
            sys.exit(f"the loss rose from {before} to {after} at stump {number + 1}; a line search never does that")
        before = after
        wrong = scores.argmax(axis=1) != labels
        errors[number] = wrong[train].mean(), wrong[test].mean()
    peer = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=ROUNDS, random_state=0)
    peer.fit(pixels[train], labels[train])
    staged = [float(1 - score) for score in peer.staged_score(pixels[test], labels[test])]
    console.print(f"ours:         {errors[-1, 0]:.3f} of the training images wrong, {errors[-1, 1]:.3f} of the others")
    console.print(f"scikit-learn: {1 - peer.score(pixels[train], labels[train]):.3f} and {staged[-1]:.3f}")
    console.print(plot(errors, staged, Path("boosting.png")))


if __name__ == "__main__":
    main()
