"""A network of two layers with batch normalisation learns to read digits, by the gradients of solution 2 alone.

``python examples/digits.py`` needs scikit-learn for its images. Every gradient comes from the kernel
``batchnorm.network_gradient``, which is compiled from equations 1 to 23; nothing is differentiated here. It shows loss
and errors by epoch, and plots the loss to ``digits.png``. After every epoch the loss must be below what it was before
training; if it is not, the example stops and says so.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from derive.kernels import batchnorm, softmax

EPOCHS, BATCH, HIDDEN, RATE, EPS = 40, 64, 64, 0.5, 1e-5

Parameters = dict[str, np.ndarray]


def images() -> tuple[np.ndarray, np.ndarray]:
    """The 1797 digits of scikit-learn, 64 pixels between 0 and 1 each, and their labels."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        sys.exit("the digits come with scikit-learn: pip install scikit-learn")
    pixels, labels = load_digits(return_X_y=True)
    return pixels / 16, labels


def start(inputs: int, outputs: int, rng: np.random.Generator) -> Parameters:
    """Small random weights."""
    return {
        "W1": rng.normal(size=(HIDDEN, inputs)) / np.sqrt(inputs),
        "b1": np.zeros(HIDDEN),
        "gamma": np.array(1.0),
        "beta": np.array(0.0),
        "W2": rng.normal(size=(outputs, HIDDEN)) / np.sqrt(HIDDEN),
        "b2": np.zeros(outputs),
    }


def guesses(x: np.ndarray, p: Parameters) -> np.ndarray:
    """The probabilities of the digits, normalised over the images given."""
    h = np.maximum(x @ p["W1"].T + p["b1"], 0)
    return softmax.forward(batchnorm.forward(h, p["gamma"], p["beta"], EPS) @ p["W2"].T + p["b2"])


def loss(x: np.ndarray, y: np.ndarray, p: Parameters) -> float:
    """The cross-entropy, averaged over the images."""
    with np.errstate(divide="ignore"):  # a probability of zero costs infinitely much
        return float(-np.mean(np.log(np.sum(guesses(x, p) * y, axis=1))))


def step(x: np.ndarray, y: np.ndarray, p: Parameters) -> Parameters:
    """One step down the gradient."""
    found = batchnorm.network_gradient(x, y, p["W1"], p["b1"], p["gamma"], p["beta"], EPS, p["W2"], p["b2"])
    names = ("W1", "b1", "gamma", "beta", "W2", "b2")
    return {name: p[name] - RATE * gradient for name, gradient in zip(names, found, strict=True)}


def plot(losses: list[float], path: Path) -> str:
    """The loss by epoch, where matplotlib is installed; what was done, in words."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return "no plot: pip install 'derive[plots]'"
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.semilogy(range(1, len(losses) + 1), losses)
    axes.set(xlabel="epoch", ylabel="cross-entropy on the training images")
    figure.savefig(path, dpi=150)
    return f"plotted to {path}"


def main() -> None:
    """The whole example."""
    console = Console()
    rng = np.random.default_rng(0)
    x, labels = images()
    order = rng.permutation(len(x))
    train, test = order[:1400], order[1400:]
    y = np.eye(10)[labels]
    p = start(x.shape[1], 10, rng)
    losses: list[float] = []
    before = loss(x[train], y[train], p)
    for _ in track(range(EPOCHS), console=Console(stderr=True), description="training"):
        shuffled = rng.permutation(train)
        for first in range(0, len(shuffled) - BATCH + 1, BATCH):
            chosen = shuffled[first : first + BATCH]
            p = step(x[chosen], y[chosen], p)
        losses.append(loss(x[train], y[train], p))
        if not losses[-1] < before:
            sys.exit(f"the loss is {losses[-1]}, no less than {before} before training; the gradients must be wrong")
    for name, part in (("training", train), ("test", test)):
        wrong = int(np.sum(np.argmax(guesses(x[part], p), axis=1) != labels[part]))
        console.print(f"{name}: {wrong} of {len(part)} wrong")
    console.print(f"loss {losses[0]:.3f} after the first epoch, {losses[-1]:.5f} after the last")
    console.print(plot(losses, Path("digits.png")))


if __name__ == "__main__":
    main()
