"""Names that a formula has before the next displays say what they are: it waits for them.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

GIVEN = "<!--: index i, j = 1..n ; o_i, y_i \\in \\mathbb{R} -->\n"
LOSS = f"{GIVEN}The loss is\n\n$$ L = -\\sum_i y_i \\log p_i $$\n\nSoftmax:\n\n$$ p_i = \\frac{{e^{{o_i}}}}{{\\sum_j e^{{o_j}}}} $$\n\n"


def test_the_next_display_says_what_its_names_are(words: Judged) -> None:
    slope = "$$ \\frac{\\partial L}{\\partial o_i} = p_i \\sum_j y_j - y_i $$"
    assert words(LOSS + slope) == ["proved"] * 3
    assert words(LOSS + slope.replace("- y_i", "+ y_i"))[-1] == "refuted"


def test_a_chain_of_definitions_from_the_last_to_the_first(words: Judged) -> None:
    text = (
        "<!--: index i = 1..C ; x \\in \\mathbb{R}^p ; y \\in \\mathbb{R}^C onehot ; component y_i of y ; "
        "W_1 \\in \\mathbb{R}^{H \\times p} ; W_2 \\in \\mathbb{R}^{C \\times H} -->\n"
        "$$ J = -\\sum_i y_i \\log q_i $$\n\n$$ q = \\text{softmax}(z_2) $$\n\n$$ z_2 = W_2 h $$\n\n"
        "$$ h = \\tanh(z_1) $$\n\n$$ z_1 = W_1 x $$\n\n$$ \\frac{\\partial J}{\\partial z_2} = q - y = \\delta_1 $$\n\n"
    )
    assert words(f"{text}$$ \\frac{{\\partial J}}{{\\partial W_2}} = \\delta_1 h^T $$") == ["proved"] * 8
    assert words(f"{text}$$ \\frac{{\\partial J}}{{\\partial W_2}} = \\delta_1 z_1^T $$")[-1] == "refuted"


def test_a_claim_is_not_turned_into_a_definition(words: Judged) -> None:
    told = f"{GIVEN}$$ s = \\sum_i o_i $$\n\n$$ s = n + \\sum_i o_i $$\n\n$$ r = s $$"
    assert words(told) == ["proved", "refuted", "proved"]
    twice = f"{GIVEN}$$ r = 2 s $$\n\n$$ s = \\sum_i o_i $$\n\n$$ s = 2 \\sum_i o_i $$"
    assert words(twice) == ["proved", "proved", "refuted"]


def test_a_solution_is_no_definition(words: Judged) -> None:
    text = (
        "<!--: index k = 1..K ; N_k > 0 -->\n$$ L = \\sum_k N_k \\log p_k + \\lambda (\\sum_k p_k - 1) $$\n\n"
        "$$ \\frac{\\partial L}{\\partial p_k} = \\frac{N_k}{p_k} + \\lambda = 0 $$\n\n$$ p_k = CLAIM $$"
    )
    assert words(text.replace("CLAIM", "-\\frac{N_k}{\\lambda}"))[-1] == "proved"
    assert words(text.replace("CLAIM", "\\frac{N_k}{\\lambda}"))[-1] == "refuted"


def test_what_may_be_is_not_claimed(words: Judged) -> None:
    text = (
        "<!--: c > 0 ; d > 0 -->\nWe can have $c = 1$ or $d = 2$, but not both.\n\n$$ c + d = d + c $$\n\n$$ c = 1 $$"
    )
    assert words(text) == ["proved", "refuted"]
