"""``$u_1, u_2$`` are the members of a family ``u_k`` that is defined later; of before, nothing else is theirs."""

from __future__ import annotations

from tests.documents.test_by_powers import notes, verdicts

TEXT = r"""\section{One}
Let $u_1, u_2 \in \mathbb{R}^q$ be two centres and $D = u_1 - u_2$.
\section{Two}
Let $z_1, \dots, z_N \in \mathbb{R}^q$ have labels $l_n \in \{1, 2\}$, let $M_k = \sum_n \mathbf{1}[l_n = k]$ and
$u_k = \frac{1}{M_k} \sum_{n : l_n = k} z_n$ for $k = 1, 2$. Then
$$ \sum_{k=1}^2 M_k = N . $$
"""


def test_members_of_a_later_family() -> None:
    assert verdicts(TEXT + r"$$ M_1 u_1 + M_2 u_2 = \sum_n z_n $$") == ["proved"] * 5
    assert verdicts(TEXT + r"$$ M_1 u_1 - M_2 u_2 = \sum_n z_n $$")[-1] == "refuted"
    assert verdicts(TEXT + r"$$ M_1 u_1^T D = M_1 u_1^T u_1 - \sum_{n : l_n = 1} u_2^T z_n $$")[-1] == "proved"
    assert "u_1 is a member of u_{k}" in notes(TEXT)


def test_what_the_author_declares_keeps_its_meaning() -> None:
    declared = "%: u_1, u_2 \\in \\mathbb{R}^q\n" + TEXT.replace(r"Let $u_1, u_2 \in \mathbb{R}^q$", "Let $u_1, u_2$")
    assert "u_1 is a member of u_{k}" not in notes(declared)


def test_what_was_assumed_of_other_vectors_is_not_assumed_of_members() -> None:
    text = TEXT.replace("be two centres", "be two centres with $u_1^T u_2 = 0$")
    assert verdicts(text + r"$$ u_1^T u_2 = 0 $$")[-1] == "refuted"


def test_another_shape_is_another_thing() -> None:
    text = TEXT.replace(r"Let $u_1, u_2 \in \mathbb{R}^q$", r"Let $u_1, u_2 \in \mathbb{R}$")
    assert "u_1 is a member of u_{k}" not in notes(text)
