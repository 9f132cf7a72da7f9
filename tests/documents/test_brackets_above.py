r"""``W^{[1]}`` and ``W^{(1)}``: a number in brackets above a name tells names apart, as one below it does."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

NETWORK = (
    r"Let $x \in \mathbb{R}^d$, $z<1> = W<1> x + b<1>$, $a<1> = \tanh(z<1>)$, $z<2> = W<2> a<1> + b<2>$ and $q = \sigma(z<2>)$ "
    r"with $W<1> \in \mathbb{R}^{h \times d}$, $W<2> \in \mathbb{R}^{1 \times h}$ and the sigmoid $\sigma$. The loss is "
    r"$$L = -y \log q - (1 - y) \log(1 - q)$$ "
)
MARKS = [r"^{[N]}", r"^{(N)}", "_N", r"_{N}"]


def _marked(text: str, mark: str) -> str:
    return text.replace("<1>", mark.replace("N", "1")).replace("<2>", mark.replace("N", "2"))


@pytest.mark.parametrize("mark", MARKS)
def test_layers(words: Judged, mark: str) -> None:
    for side, verdict in ((r"(q - y) a<1>^T", "proved"), (r"(y - q) a<1>^T", "refuted")):
        side = side.replace("a<1>^T", "(a<1>)^T")
        text = NETWORK + rf"Then $$\frac{{\partial L}}{{\partial W<2>}} = {side}$$"
        assert words(_marked(text, mark))[-1] == verdict
    back = r"$$\frac{\partial L}{\partial z<1>} = (W<2>)^T (q - y) \odot (1 - a<1> \odot a<1>)$$"
    assert words(_marked(NETWORK + back, mark))[-1] == "proved"
    assert words(_marked(NETWORK + back.replace("1 - a", "1 + a"), mark))[-1] == "refuted"


@pytest.mark.parametrize("mark", MARKS[:2])
def test_they_are_no_powers(words: Judged, mark: str) -> None:
    text = r"<!--: c \in \mathbb{R} --> Let $u = c + w<1>$ and $v = c + w<2>$. Then "
    assert words(_marked(text + r"$$(w<1>)^2 = w<2>$$", mark))[-1] == "refuted"
    assert words(_marked(text + r"$$u - w<1> = v - w<2>$$", mark))[-1] == "proved"
    assert "w \\in" not in notes(_marked(text + r"$$u - w<1> = v - w<2>$$", mark))


def test_an_index_in_square_brackets(words: Judged) -> None:
    given = r"<!--: index l = 1..L ; a^{[l]}, b^{[l]} \in \mathbb{R}^n --> Then "
    assert words(given + r"$$\sum_{l=1}^L (a^{[l]} + b^{[l]}) = \sum_{l=1}^L a^{[l]} + \sum_{l=1}^L b^{[l]}$$") == [
        "proved"
    ]
    assert words(given + r"$$\sum_{l=1}^L (a^{[l]} + b^{[l]}) = \sum_{l=1}^L a^{[l]} + L b^{[1]}$$") == ["refuted"]
