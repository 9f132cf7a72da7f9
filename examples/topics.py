"""Topics of the Python reference, by EM for a mixture of multinomials (solution 2, problem 4).

``python examples/topics.py`` takes the paragraphs of the language reference that comes with Python (``pydoc_data``) as
documents, runs EM for K = 10, 20, 30 and 50 topics with the compiled kernels, shows the iterations and the five most
probable words of each topic with its weight, as table 1 of the solution does, and plots the log-likelihood to
``topics.png``. The log-likelihood must not fall at any step; if it does, the example stops and says so.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from pydoc_data.topics import topics

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from derive.kernels import multinomial_mixture as model

NUMBERS = (10, 20, 30, 50)
LEAST_GAIN = 1e-6
MOST_STEPS = 200
COMMON = frozenset(
    "the and that for are with this not may from can which other when has any its all also but use used will have been "
    "only must see more one two first such into than then same there they these where each was does would being out "
    "example following given using called however while either some since about after before like their them".split()
)


def corpus() -> tuple[np.ndarray, list[str]]:
    """How often each word occurs in each paragraph, and the words."""
    paragraphs = [part for text in topics.values() for part in text.split("\n\n")]
    tokens = [[w for w in re.findall(r"[a-z]{3,}", part.lower()) if w not in COMMON] for part in paragraphs]
    seen = Counter(word for words in tokens for word in set(words))
    words = sorted(word for word, count in seen.items() if 5 <= count <= len(tokens) / 10)
    place = {word: number for number, word in enumerate(words)}
    rows = [[place[word] for word in part if word in place] for part in tokens]
    rows = [row for row in rows if len(row) >= 10]
    counts = np.zeros((len(rows), len(words)))
    for number, row in enumerate(rows):
        np.add.at(counts[number], row, 1)
    return counts, words


def start(counts: np.ndarray, topics: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Equal weights, and topics that each lean towards a few paragraphs."""
    chosen = rng.integers(0, len(counts), size=(topics, 8))
    mu = counts[chosen].sum(axis=1) + counts.mean(axis=0)
    return np.full(topics, 1 / topics), mu / mu.sum(axis=1, keepdims=True)


def fit(counts: np.ndarray, topics: int, progress: Progress) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """EM until the log-likelihood gains less than a millionth."""
    pi, mu = start(counts, topics, np.random.default_rng(topics))
    values = [float(model.log_likelihood(counts, pi, mu))]
    task = progress.add_task(f"K = {topics}", total=MOST_STEPS)
    for _ in range(MOST_STEPS):
        pi, mu = model.em_step(counts, pi, mu)
        values.append(float(model.log_likelihood(counts, pi, mu)))
        progress.advance(task)
        before, after = values[-2:]
        if not after >= before - 1e-9 * abs(before):  # nor if it is NaN
            place = f"K = {topics}, step {len(values) - 1}"
            sys.exit(f"{place}: the log-likelihood fell from {before} to {after}; EM never does that")
        if after - before < LEAST_GAIN * abs(values[-1]):
            break
    progress.update(task, total=len(values) - 1)
    return pi, mu, values


def topics_of(pi: np.ndarray, mu: np.ndarray, words: list[str]) -> str:
    """The topics in words, the heaviest first."""
    lines = []
    for number, k in enumerate(np.argsort(-pi), start=1):
        best = ", ".join(words[w] for w in np.argsort(-mu[k])[:5])
        lines.append(f"t_{number} ({best}) \\[{pi[k]:.4f}]")
    return "\n".join(lines)


def plot(curves: dict[int, list[float]], path: Path) -> str:
    """The log-likelihood by iteration, where matplotlib is installed; what was done, in words."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return "no plot: pip install 'derive[plots]'"
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for number, values in curves.items():
        axes.plot(range(1, len(values)), values[1:], label=f"K = {number}")
    axes.set(xlabel="iteration", ylabel="log-likelihood")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend()
    figure.savefig(path, dpi=150)
    return f"plotted to {path}"


def main() -> None:
    """The whole example."""
    console = Console()
    counts, words = corpus()
    console.print(f"{counts.shape[0]} paragraphs, {counts.shape[1]} words")
    curves: dict[int, list[float]] = {}
    table = Table("K", "iterations", "topic (its five most probable words) \\[its weight]", show_lines=True)
    with Progress(console=Console(stderr=True)) as progress:
        for number in NUMBERS:
            pi, mu, values = fit(counts, number, progress)
            curves[number] = values
            table.add_row(str(number), str(len(values) - 1), topics_of(pi, mu, words))
    console.print(table)
    for number, values in curves.items():
        console.print(f"K = {number}: {len(values) - 1} iterations, log-likelihood {values[-1]:.1f}")
    console.print(plot(curves, Path("topics.png")))


if __name__ == "__main__":
    main()
