"""Layers ``z^{[l]}`` whose range stands behind a display, and whose input has a name: the errors run through the next one."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NETWORK = r"""<!--: W^{[l]} \in \mathbb{R}^{n_l \times n_{l-1}} ; z^{[l]}, a^{[l]}, b^{[l]} \in \mathbb{R}^{n_l} ; function g elementwise -->
A network of depth $L$ computes, from $a^{[0]} = x$,
\begin{align}
 z^{[l]} &= W^{[l]} a^{[l-1]} + b^{[l]}, \\
 a^{[l]} &= g(z^{[l]}), \qquad l = 1, \dots, L .
\end{align}
Let $\mathcal{L}$ be the loss on one example and write
\[ \delta^{[l]} = \frac{\partial \mathcal{L}}{\partial z^{[l]}} . \]
By the chain rule
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial \mathcal{L}}{\partial a^{[l]}} = (W^{[l+1]})^T \delta^{[l+1]}", "proved"),
        (r"\delta^{[l]} = \left( (W^{[l+1]})^T \delta^{[l+1]} \right) \odot g'(z^{[l]})", "proved"),
        (r"\delta^{[l]} = (W^{[l+1]})^T \delta^{[l+1]}", "refuted"),
        (r"\delta^{[l]} = \left( (W^{[l+1]})^T \delta^{[l+1]} \right) \odot g'(z^{[l+1]})", "refuted"),
        (r"\frac{\partial \mathcal{L}}{\partial W^{[l]}} = \delta^{[l]} (a^{[l-1]})^T", "proved"),
        (r"\frac{\partial \mathcal{L}}{\partial W^{[l]}} = 2 \delta^{[l]} (a^{[l-1]})^T", "refuted"),
        (r"\frac{\partial \mathcal{L}}{\partial b^{[l]}} = \delta^{[l]}", "proved"),
        (r"\frac{\partial \mathcal{L}}{\partial b^{[l]}} = -\delta^{[l]}", "refuted"),
    ],
)
def test_backward(words: Judged, line: str, word: str) -> None:
    found = words(f"{NETWORK}\\[ {line} . \\]")
    assert found[-1] == word
    assert set(found[:-1]) == {"proved"}
