"""``W_2`` beside a matrix W: a name of its own where the text makes of it what no row of W could be.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Answers, Judged

GIVEN = "<!--: W \\in \\mathbb{R}^{n \\times n} ; x \\in \\mathbb{R}^n -->\n"


def test_a_matrix_beside_a_matrix(answers: Answers) -> None:
    text = f"{GIVEN}Let $W_2 = W + I$ and $W_3 = W - I$.\n\n$$ W_2 W_3 = W W - CLAIM I $$"
    assert answers(text.replace("CLAIM", "")) == [("proved", "definition")] * 2 + [("proved", "equality")]
    assert answers(text.replace("CLAIM", "2"))[-1][0] == "refuted"


def test_a_vector_beside_a_vector(words: Judged) -> None:
    text = f"{GIVEN}$$ x_1 = W x $$\n\n$$ x_2 = W x_1 + x $$\n\n$$ x_2 = W W x CLAIM x $$"
    assert words(text.replace("CLAIM", "+")) == ["proved"] * 3
    assert words(text.replace("CLAIM", "-"))[-1] == "refuted"


def test_a_second_definition_is_a_claim(words: Judged) -> None:
    assert words(f"{GIVEN}$$ x_1 = W x $$\n\n$$ x_1 = W W x $$") == ["proved", "refuted"]


def test_a_vector_beside_numbered_matrices_is_one_of_them(words: Judged) -> None:
    text = f"{GIVEN}$$ W_1 = W + I $$\n\n$$ W_2 = W_1 x $$\n\n$$ W_2 = W x CLAIM x $$"
    assert words(text.replace("CLAIM", "+")) == ["proved"] * 3
    assert words(text.replace("CLAIM", "-"))[-1] == "refuted"


def test_what_stands_behind_where_is_read_first(words: Judged) -> None:
    text = (
        f"{GIVEN}$$ C = W W - I = W_1 W_2 $$\n\nwhere $W_1 = W - I$ and $W_2 = W CLAIM I$.\n\n"
        "$$ C x = W_1 W x + W_1 x $$"
    )
    assert words(text.replace("CLAIM", "+")) == ["proved"] * 5
    assert words(text.replace("CLAIM", "-"))[1] == "refuted"


def test_parts_are_claimed(words: Judged) -> None:
    assert words(f"{GIVEN}$$ x_1 = 2 $$") != ["proved"]
    rows = "<!--: W \\in \\mathbb{R}^{n \\times d} ; x, v \\in \\mathbb{R}^d ; b \\in \\mathbb{R}^n -->\n"
    assert words(f"{rows}$$ W_1 = x + v $$") != ["proved"]  # a row has as many entries
    entry = f"{rows}Let $b = W x$.\n\n$$ b_1 = \\|x\\|^2 $$"
    assert words(entry)[-1] == "refuted"
