"""Where a derivative that nobody writes as zero vanishes: the stationary point, an M-step's update, what an arrow tells."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = (
    r"<!--: index n = 1..N ; y_n, m \in \mathbb{R} ; s > 0 -->" + "\n"
    r"TITLE $$ L = -\frac{N}{2} \log s^2 - \frac{1}{2 s^2} \sum_{n=1}^N (y_n - m)^2 $$ has "
    r"$$\begin{aligned} \frac{\partial L}{\partial m} &= \frac{1}{s^2} \sum_{n=1}^N (y_n - m) \\"
    r"\frac{\partial L}{\partial s^2} &= -\frac{N}{2 s^2} + \frac{1}{2 s^4} \sum_{n=1}^N (y_n - m)^2 \end{aligned}$$ "
)
SOLUTIONS = r"$$ m = \frac{1}{N} \sum_n y_n, \qquad s^2 = \frac{1}{N} \sum_n (y_n - m)^2 RIGHT $$"


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("## M-step\n", "so"),
        ("We maximise the likelihood:", "hence"),
        ("The function", "so the stationary point is"),
        ("The function", "Both vanish at"),
    ],
)
def test_derivatives_worked_out_above_vanish_there(words: Judged, title: str, says: str) -> None:
    text = HEAD.replace("TITLE", title) + says + SOLUTIONS
    assert words(text.replace("RIGHT", ""))[-2:] == ["proved", "proved"]
    assert words(text.replace("RIGHT", "+ 1"))[-2:] == ["proved", "refuted"]


@pytest.mark.parametrize("says", ["and", "so the minimum is"])
def test_without_words_that_say_so_they_do_not(words: Judged, says: str) -> None:
    text = HEAD.replace("TITLE", "The function") + says + SOLUTIONS.replace("RIGHT", "")
    assert "proved" not in words(text)[-2:]


def test_an_arrow_at_the_beginning_of_the_next_display_solves_the_last(words: Judged) -> None:
    text = (
        r"<!--: index n = 1..N ; y_n \in \mathbb{R} ; s > 0 -->"
        r"Then $$ R = -N \log s^2 - \frac{1}{s^2} \sum_{n=1}^N y_n^2 $$ and "
        r"$$ \frac{\partial R}{\partial s^2} = -\frac{N}{s^2} + \frac{1}{s^4} \sum_{n=1}^N y_n^2 = 0 $$"
    )
    follows = r"$$ \Rightarrow \quad s^2 = \frac{1}{N} \sum_n y_n^2 RIGHT $$"
    assert words(text + follows.replace("RIGHT", ""))[-2:] == ["proved", "proved"]
    assert words(text + follows.replace("RIGHT", "+ 1"))[-1] == "refuted"
    assert words(text)[-1] == "proved"  # what is worked out is made of s, and nobody claims it to be zero for each


@pytest.mark.parametrize("declared", [r"name \sigma^2 > 0", r"index k = 1..K ; \sigma_k > 0 ; name \sigma^2 > 0"])
@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (r"\frac{\partial}{\partial \sigma^2} \frac{1}{\sigma^2} = -\frac{1}{\sigma^4}", "proved"),
        (r"\frac{\partial}{\partial \sigma^2} \frac{1}{\sigma^2} = -\frac{2}{\sigma^3}", "refuted"),
    ],
)
def test_the_root_of_a_named_square_is_that(words: Judged, declared: str, claim: str, word: str) -> None:
    assert words(f"<!--: {declared} -->\n$$ {claim} $$")[-1] == word


def test_the_root_of_a_named_square_is_positive_as_that_is(words: Judged) -> None:
    assert words("<!--: name \\sigma^2 > 0 -->\n$$ \\log \\sigma^2 = 2 \\log \\sigma $$") == ["proved"]
