"""Layers of widths of their own: a text about layer l, the ones beside it and the last, each with the sizes it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

DECLARED = (
    "<!--: V^{(l)} \\in \\mathbb{R}^{m_l \\times m_{l-1}} ; u^{(l)}, o^{(l)}, c^{(l)} \\in \\mathbb{R}^{m_l}"
    " ; function g elementwise -->\n"
)
FORWARD = DECLARED + "$$u^{(l)} = V^{(l)} o^{(l-1)} + c^{(l)}, \\quad o^{(l)} = g(u^{(l)})$$\n"
ERROR = FORWARD + "The cost $E$ has the errors $$e^{(l)} = \\frac{\\partial E}{\\partial u^{(l)}}$$\n"


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"e^{(l)} = (V^{(l+1)})^T e^{(l+1)} \odot g'(u^{(l)})", "proved"),
        (r"e^{(l)} = (V^{(l+1)T} e^{(l+1)}) \odot g'(u^{(l)})", "proved"),
        (r"e^{(l)} = (V^{(l+1)})^T e^{(l+1)}", "refuted"),
        (r"e^{(l)} = -(V^{(l+1)})^T e^{(l+1)} \odot g'(u^{(l)})", "refuted"),
        (r"e^{(l)} = (V^{(l+1)})^T e^{(l+1)} \odot g'(u^{(l+1)})", "refuted"),
        (r"e^{(l)} = (V^{(l)})^T e^{(l+1)} \odot g'(u^{(l)})", "unread"),
        (r"\frac{\partial E}{\partial V^{(l)}} = e^{(l)} (o^{(l-1)})^T", "proved"),
        (r"\frac{\partial E}{\partial V^{(l)}} = e^{(l)} (o^{(l)})^T", "refuted"),
        (r"\frac{\partial E}{\partial V^{(l)}} = 2 e^{(l)} (o^{(l-1)})^T", "refuted"),
        (r"\frac{\partial E}{\partial V^{(l)}} = e^{(l)}(o^{(l-1)}) o^{(l-1)T}", "unread"),  # a call, or a product
        (r"\frac{\partial E}{\partial V^{(l)}} = e^{(l)} o^{(l-1)T}", "proved"),
        (r"\frac{\partial E}{\partial V^{(l)}} = e^{(l)} o^{(l)T}", "refuted"),
        (r"\frac{\partial E}{\partial c^{(l)}} = e^{(l)}", "proved"),
        (r"\frac{\partial E}{\partial c^{(l)}} = 2 e^{(l)}", "refuted"),
        (r"\frac{\partial E}{\partial V^{(l)}_{jk}} = e^{(l)}_j o^{(l-1)}_k", "proved"),
        (r"\frac{\partial E}{\partial V^{(l)}_{jk}} = e^{(l)}_j o^{(l-1)}_k g'(u^{(l)}_j)", "refuted"),
        (
            r"\frac{\partial E}{\partial u^{(l)}_k} = \sum_{i=1}^{m_{l+1}} e^{(l+1)}_i V^{(l+1)}_{ik} g'(u^{(l)}_k)",
            "proved",
        ),
        (r"\frac{\partial E}{\partial u^{(l)}_k} = \sum_{i=1}^{r} e^{(l+1)}_i V^{(l+1)}_{ik} g'(u^{(l)}_k)", "proved"),
        (
            r"\frac{\partial E}{\partial u^{(l)}_k} = \sum_{i=1}^{m_{l}} e^{(l+1)}_i V^{(l+1)}_{ik} g'(u^{(l)}_k)",
            "unread",
        ),
        (r"u^{(l)}_i = \sum_{j=1}^{m_{l-1}} V^{(l)}_{ij} o^{(l-1)}_j + c^{(l)}_i", "proved"),
        (r"u^{(l)}_i = \sum_{j=1}^{m_{l-1}} V^{(l)}_{ij} o^{(l-1)}_j - c^{(l)}_i", "refuted"),
    ],
)
def test_errors_go_back_through_layers(claim: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(f"{ERROR}Then $${claim}.$$", tmp_path)[-1] == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"e^L = \frac{\partial E}{\partial o^L} \odot g'(u^L)", "proved"),
        (r"e^L = \nabla_o E \odot g'(u^L)", "proved"),
        (r"e^L = \nabla_o E \odot g(u^L)", "refuted"),
        (r"e^L_j = \frac{\partial E}{\partial o^L_j} g'(u^L_j)", "proved"),
        (r"\frac{\partial o^L}{\partial u^l} = 0", "unread"),  # nothing written says how the one makes the other
        (r"\frac{\partial E}{\partial o^L} = o^L - t", "undecided"),  # it would say which cost is meant
        (r"\sum_{l=1}^L e^l = 0", "unread"),
    ],
)
def test_the_last_layer_and_bare_letters(claim: str, expected: str, tmp_path: Path) -> None:
    text = f"{ERROR}Then $${claim}.$$".replace("^{(l)}", "^l").replace("^{(l-1)}", "^{l-1}").replace("t.$$", "t.$$")
    text = text.replace("function g", r"t \in \mathbb{R}^{m_L} ; function g")
    assert verdicts(text, tmp_path)[-1] == expected


def test_an_index_that_the_author_declares_counts_elsewhere_what_he_says(tmp_path: Path) -> None:
    declared = DECLARED.replace("function", r"index j, k = 1..K ; s_j \in \mathbb{R} ; function")
    text = declared + "$$o^{(l)}_j = g(u^{(l)}_j)$$ $$\\sum_{j=1}^K (s_j + 1) = K + \\sum_{k=1}^K s_k$$"
    assert verdicts(text, tmp_path)[-1] == "proved"


def test_what_was_made_of_the_declaration_is_told() -> None:
    notes = read_document(ERROR).notes
    assert r"let u^{(l)} := V^{(l)} o^{(l-1)} + c^{(l)}" in notes
    assert r"opaque E depends on o^{(l)}" in notes
    assert not any("V^{(l+1)}" in note for note in notes)


def test_sizes_that_do_not_depend_on_the_layer_make_a_family(tmp_path: Path) -> None:
    text = "<!--: index l = 1..L ; u_l \\in \\mathbb{R}^d -->\n$$\\sum_{l=1}^L (u_l + u_l) = 2 \\sum_l u_l$$"
    assert verdicts(text, tmp_path) == ["proved"]
    assert read_document(text).notes == ()


def test_a_cost_with_a_value_keeps_it(tmp_path: Path) -> None:
    text = FORWARD + "The cost is $$E = \\|o^{(l)}\\|^2$$ $$\\frac{\\partial E}{\\partial o^{(l)}} = 2 o^{(l)}$$"
    assert verdicts(text, tmp_path)[-1] == "proved"
    assert verdicts(text.replace("= 2 o", "= o"), tmp_path)[-1] == "refuted"


@pytest.mark.parametrize("last", ["u^{(L)} = V^{(L)} o^{(L-1)} + c^{(L)}", "u^{(L)} = V^{(L)} o^{(L-1)}"])
def test_what_the_text_says_of_the_last_layer(last: str, tmp_path: Path) -> None:
    text = f"{FORWARD}$${last}$$ $$p = o^{{(L)}} = g(u^{{(L)}})$$"
    words = verdicts(text, tmp_path)
    assert "refuted" not in words
    assert words[:3] == ["proved"] * 3
    assert verdicts(f"{text} $$p = g({last.partition('=')[2].strip()})$$", tmp_path)[-1] == "proved"
    assert verdicts(f"{text} $$p = g(c^{{(L)}})$$", tmp_path)[-1] == "refuted"


def test_what_is_made_of_the_layer_behind(tmp_path: Path) -> None:
    text = DECLARED.replace("c^{(l)}", "c^{(l)}, e^{(l)}") + "$$e^{(l)} = V^{(l+1)T} e^{(l+1)}$$"
    assert verdicts(text, tmp_path) == ["proved"]
    assert verdicts(text + " $$e^{(l)} = 2 V^{(l+1)T} e^{(l+1)}$$", tmp_path) == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("u^{(2)} = V^{(2)} o^{(1)} + c^{(2)}", "proved"),
        ("u^{(2)} = 2 V^{(2)} o^{(1)} + c^{(2)}", "refuted"),
        ("u^{(2)} = V^{(2)} o^{(1)} - c^{(2)}", "refuted"),
        ("o^{(0)} = g(u^{(1)})", "refuted"),
        ("o^{(L)} = g(u^{(l)})", "unread"),
        ("u^{(L)} = V^{(L)} g(u^{(l)})", "unread"),
        ("o^{(0)} = x", "proved"),  # where it begins
        ("o^{(1)} = x", "proved"),
    ],
)
def test_at_a_numbered_layer_the_same_holds(claim: str, expected: str, tmp_path: Path) -> None:
    text = FORWARD.replace("function g", r"x \in \mathbb{R}^m ; function g")
    assert verdicts(f"{text}$${claim}$$", tmp_path)[-1] == expected
