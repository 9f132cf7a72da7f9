"""``In the steady state, $s^2 = P$, hence …``: supposed where the sentence goes on from it, and nowhere else."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

FILTER = r"""<!--: s, q, r > 0 ; a \in (-1, 1) ; v \in \mathbb{R} -->
Let $P = \frac{s^2 r}{s^2 + r} + q$. """
RICCATI = "\n$$P^2 - q P - q r = 0"
ROOT = "\n$$P = \\frac{q + \\sqrt{q^2 + 4 q r}}{2}.$$\n"
OTHER = "\n$$P = \\frac{q - \\sqrt{q^2 + 4 q r}}{2}.$$\n"


@pytest.mark.parametrize(
    "said",
    [
        "In the steady state, $s^2 = P$, hence",
        "In the steady state, $s^2 = P$, which gives",
        "At the fixed point we have $s^2 = P$, so",
        "At equilibrium, $s^2 = P$ and therefore",
        "In the stationary case, $P = s^2$, and we get",
        "In the steady state, $s^2 = P$. Hence",
        "At a steady state of the filter, $s^2 = P$, thus",
    ],
)
def test_what_holds_where_nothing_changes_is_supposed(words: Judged, said: str) -> None:
    assert words(f"{FILTER}{said}{RICCATI},$$\nwhose positive root is{ROOT}")[1:] == ["proved", "proved"]
    assert words(f"{FILTER}{said}{RICCATI},$$\nwhose positive root is{OTHER}")[1:] == ["proved", "refuted"]
    assert words(f"{FILTER}{said}{RICCATI} + 1.$$\n")[-1] == "refuted"
    assert "supposed in this sentence" in notes(f"{FILTER}{said}{RICCATI}.$$\n")


def test_it_is_not_supposed_of_anything_else(words: Judged) -> None:
    said = f"{FILTER}In the steady state, $s^2 = P$, hence{RICCATI}.$$\n"
    assert words(f"{said}In general,{RICCATI}.$$\n")[-1] != "proved"
    assert words(f"{said}\nAlso $P = s^2$.\n")[-1] != "proved"
    assert words(f"{FILTER}We have $s^2 = P$, hence{RICCATI}.$$\n")[-1] != "proved"
    assert words(f"{FILTER}It is not true that in the steady state $s^2 = P$, hence{RICCATI}.$$\n")[-1] != "proved"


def test_a_claim_about_such_a_place_stays_one(words: Judged) -> None:
    assert words(f"{FILTER}In the steady state, $P = 2 q$.\n")[-1] not in ("proved", "refuted")
    assert words(f"{FILTER}In the steady state, $P = \\frac{{s^2 r}}{{s^2 + r}} + q$.\n")[-1] == "proved"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (r"$$\tau_1^2 = \frac{q r}{q + r}$$ so $$\frac{1}{\tau_1^2} = \frac1q + \frac1r.$$", ["proved", "proved"]),
        (r"$$\tau_1^2 = \frac{q r}{q + r}$$ so $$\frac{1}{\tau_1^2} = \frac1q - \frac1r.$$", ["proved", "refuted"]),
        (r"$$\tau_1^2 = \frac{q r}{q + r}$$ so $$\tau_1 = \sqrt{\frac{q r}{q + r}}.$$", ["proved", "proved"]),
        (r"$$\tau_1^2 = q$$ and $$\tau_2^2 = r$$ so $$\tau_1^2 \tau_2^2 = q r.$$", ["proved"] * 3),
        (r"$$\tau_1^2 = q$$ and $$\tau_2^2 = r$$ so $$\tau_1^2 = \tau_2^2.$$", ["proved", "proved", "refuted"]),
    ],
)
def test_squares_of_numbered_names_are_names(words: Judged, lines: str, found: list[str]) -> None:
    assert words(f"<!--: q, r > 0 -->\nLet\n{lines.replace('$$', chr(10) + '$$' + chr(10))}\n") == found


MARGINS = "<!--: index i = 1..n ; s_i, a_i \\ge 0 ; C > 0 -->\n"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("For the squared penalty the last condition becomes $C s_i = a_i$, so that", "proved"),
        ("With a quadratic loss, the second constraint is replaced by $C s_i = a_i$, so", "proved"),
        ("We have $2 C s_i = 2 a_i$, so that", "refuted"),
        ("For small $a_i$ the last condition becomes $2 C s_i = 2 a_i$, so that", "undecided"),
    ],
)
def test_a_condition_of_another_problem_is_supposed(words: Judged, said: str, word: str) -> None:
    line = "\n$$\nC \\sum_i s_i^2 - \\sum_i a_i s_i = 0.\n$$\n"
    assert words(MARGINS + said + line)[-1] == word


def test_each_of_two_planes_is_a_set(words: Judged) -> None:
    planes = "<!--: w, x \\in \\mathbb{R}^d ; b \\in \\mathbb{R} -->\nBetween the two planes $w^\\top x + b = 1$ and $w^\\top x + b = -1$ "
    assert words(planes + "there is room.") == []
    assert words(planes + "there is room, and $w^\\top x = 3$.") == ["refuted"]


@pytest.mark.parametrize(
    ("sign", "verdicts"),
    [("-", ["proved"]), ("+", ["refuted"])],
)
def test_what_is_needed_in_the_steady_state(words: Judged, sign: str, verdicts: list[str]) -> None:
    text = "<!--: p, r > 0 -->\nIn the steady state with process noise $q > 0$ we need $p = \\frac{p r}{p + r} + q$, that is\n"
    assert words(text + f"$$\np^2 - q p {sign} q r = 0.\n$$\n") == verdicts


def test_what_is_needed_elsewhere_is_claimed(words: Judged) -> None:
    text = "<!--: p, r, q > 0 -->\nFor a good filter with noise we have $p = \\frac{p r}{p + r} + q$, that is $p > 0$."
    assert words(text)[0] == "refuted"
