"""Sequences with their index in brackets above them, ``h^{(t)}``: recurrences, and gradients through all of their steps."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

RAISED = r"""<!--: index t = 1..T ; W \in \mathbb{R}^{n \times n} ; U \in \mathbb{R}^{n \times d} ; V \in \mathbb{R}^{K \times n}
x^{(t)} \in \mathbb{R}^d ; h^{(0)}, h^{(t)} \in \mathbb{R}^n ; y^{(t)} \in \mathbb{R}^K -->
\begin{align}
a^{(t)} &= b + W h^{(t-1)} + U x^{(t)}, \\
h^{(t)} &= \tanh(a^{(t)}), \\
o^{(t)} &= c + V h^{(t)},
\end{align}
\[ L = \frac12 \sum_{t=1}^T \| o^{(t)} - y^{(t)} \|^2 . \]
"""
BELOW = (
    RAISED.replace("^{(t)}", "_t").replace("^{(t-1)}", "_{t-1}").replace("^{(0)}", "_0")
)  # the same with the index below


def written(line: str) -> str:
    """A line about members with the index above them, with it below."""
    for above, below in (("t", "t"), ("t-1", "{t-1}"), ("t+1", "{t+1}"), ("T", "T")):
        line = line.replace(f"^{{({above})}}", f"_{below}")
        line = line.replace(rf"^{{({above})\top}}", rf"_{below}^\top")
    return line


LINES = [
    (r"\nabla_{o^{(t)}} L = o^{(t)} - y^{(t)}", "proved"),
    (r"\nabla_{o^{(t)}} L = y^{(t)} - o^{(t)}", "refuted"),
    (r"\nabla_{h^{(T)}} L = V^\top \nabla_{o^{(T)}} L", "proved"),
    (r"\nabla_{h^{(T)}} L = 2 V^\top \nabla_{o^{(T)}} L", "refuted"),
    (r"\nabla_W L = \sum_{t=1}^T \operatorname{diag}(1 - (h^{(t)})^2) (\nabla_{h^{(t)}} L) h^{(t-1)\top}", "proved"),
    (r"\nabla_W L = \sum_{t=1}^T \operatorname{diag}(1 - (h^{(t)})^2) (\nabla_{h^{(t)}} L) h^{(t)\top}", "refuted"),
    (r"\nabla_b L = \sum_{t=1}^T \operatorname{diag}(1 - (h^{(t)})^2) \nabla_{h^{(t)}} L", "proved"),
    (r"\nabla_b L = \sum_{t=1}^T \nabla_{h^{(t)}} L", "refuted"),
    (r"\nabla_V L = \sum_{t=1}^T (\nabla_{o^{(t)}} L) h^{(t)\top}", "proved"),
    (r"\nabla_V L = \sum_{t=1}^T (\nabla_{o^{(t)}} L) h^{(t-1)\top}", "refuted"),
]
BACK = [
    (
        r"\nabla_{h^{(t)}} L = \left( \frac{\partial h^{(t+1)}}{\partial h^{(t)}} \right)^\top \nabla_{h^{(t+1)}} L"
        r" + \left( \frac{\partial o^{(t)}}{\partial h^{(t)}} \right)^\top \nabla_{o^{(t)}} L",
        "proved",
    ),
    (
        r"\nabla_{h^{(t)}} L = \left( \frac{\partial h^{(t+1)}}{\partial h^{(t)}} \right) \nabla_{h^{(t+1)}} L"
        r" + \left( \frac{\partial o^{(t)}}{\partial h^{(t)}} \right)^\top \nabla_{o^{(t)}} L",
        "refuted",
    ),
    (
        r"\nabla_{h^{(t)}} L = \left( \frac{\partial h^{(t+1)}}{\partial h^{(t)}} \right)^\top \nabla_{h^{(t+1)}} L",
        "refuted",
    ),
    (
        r"\nabla_{h^{(t)}} L = W^\top \operatorname{diag}(1 - (h^{(t+1)})^2) \nabla_{h^{(t+1)}} L + V^\top \nabla_{o^{(t)}} L",
        "proved",
    ),
    (
        r"\nabla_{h^{(t)}} L = W^\top \operatorname{diag}(1 - (h^{(t)})^2) \nabla_{h^{(t+1)}} L + V^\top \nabla_{o^{(t)}} L",
        "refuted",
    ),
    (
        r"\nabla_{h^{(t)}} L = W^\top \operatorname{diag}(1 - (h^{(t+1)})^2) \nabla_{h^{(t+1)}} L + V^\top \nabla_{o^{(t+1)}} L",
        "refuted",
    ),
]


@pytest.mark.parametrize(("line", "word"), [*LINES, *((f"t < T: {line}", word) for line, word in BACK)])
def test_through_all_steps(words: Judged, line: str, word: str) -> None:
    said = r"Going back in time, for $t < T$, " if line.startswith("t < T") else "We find "
    line = line.removeprefix("t < T: ")
    assert words(f"{RAISED}{said}\n$${line}$$")[-1] == word
    assert words(f"{BELOW}{said}\n$${written(line)}$$")[-1] == word


FED_BACK = r"""<!--: index t = 1..T ; w, u, v, x_t, h_0, h_t, y_t \in \mathbb{R} -->
$$o_t = v h_t, \qquad h_t = w h_{t-1} + u o_{t-1} + x_t, \qquad L = \frac12 \sum_{t=1}^T (o_t - y_t)^2$$
"""


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial L}{\partial o_t} = o_t - y_t",  # an output that is fed back acts through later steps as well
        r"\frac{\partial L}{\partial o_1} = o_1 - y_1",
    ],
)
def test_of_an_output_that_is_fed_back_nothing_is_proved(words: Judged, line: str) -> None:
    assert words(f"{FED_BACK}Then\n$${line}$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"$$o^{(i)} = V h^{(i)} + b$$ so $$o^{(i)} - b = V h^{(i)}$$", "proved"),
        (r"$$o^{(i)} = V h^{(i)} + b$$ so $$o^{(i)} + b = V h^{(i)}$$", "refuted"),
    ],
)
def test_names_with_an_index_above_them_are_defined(words: Judged, text: str, word: str) -> None:
    declared = r"<!--: index i = 1..N ; V \in \mathbb{R}^{n \times n} ; h^{(i)}, b \in \mathbb{R}^n -->" + "\n"
    assert words(declared + text)[-1] == word


def test_a_declared_name_with_an_index_above_it_is_not_defined(words: Judged) -> None:
    declared = r"<!--: index i = 1..N ; V \in \mathbb{R}^{n \times n} ; h^{(i)}, b \in \mathbb{R}^n -->" + "\n"
    assert words(declared + r"$b = V b$ and thus $h^{(i)} = V h^{(i)} + b$.")[-1] != "proved"
