"""One step of a recursion that one section makes and another one differentiates."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

MADE = (
    "## Forward\n\n<!--: index t = 1..T ; u_t \\in \\mathbb{R}^d ; s_t, m_t \\in \\mathbb{R}^n ; opaque E depends on s_t"
    " ; A, F \\in \\mathbb{R}^{n \\times d} ; B, G \\in \\mathbb{R}^{n \\times n} -->\n"
    "$$g_t = \\tanh(A u_t + B s_{t-1})$$ $$r_t = \\tanh(F u_t + G s_{t-1})$$\n"
    "$$m_t = g_t \\odot m_{t-1} + r_t$$ $$s_t = g_t \\odot \\tanh(m_t)$$\n\n## Backward\n\n"
)


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            r"\frac{\partial E}{\partial m_t} = \frac{\partial E}{\partial s_t} \odot g_t \odot (1 - \tanh^2(m_t))",
            "proved",
        ),
        (r"\frac{\partial E}{\partial m_t} = \frac{\partial E}{\partial s_t} \odot g_t \odot \tanh^2(m_t)", "refuted"),
        (r"\frac{\partial E}{\partial r_t} = \frac{\partial E}{\partial m_t}", "proved"),
        (r"\frac{\partial E}{\partial r_t} = \frac{\partial E}{\partial m_t} \odot m_{t-1}", "refuted"),
        (r"\frac{\partial s_t}{\partial m_t} = \operatorname{diag}(g_t \odot (1 - \tanh^2(m_t)))", "proved"),
    ],
)
def test_what_is_made_in_one_section_is_differentiated_in_the_next(claim: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(f"{MADE}$${claim}$$", tmp_path) == ["proved"] * 4 + [expected]


@pytest.mark.parametrize("more", ["$$\\sum_{t=1}^T s_t = 0$$", "$$m_0 = 0$$"])
def test_where_other_steps_are_written_it_is_a_sequence(more: str, tmp_path: Path) -> None:
    claim = r"$$\frac{\partial E}{\partial r_t} = \frac{\partial E}{\partial m_t}$$"
    assert "proved" not in verdicts(f"{MADE}{claim}\n\n## Further\n\n{more}", tmp_path)[4:5]
