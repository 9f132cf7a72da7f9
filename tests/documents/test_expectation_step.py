"""What an E-step computes: held fixed by the derivatives of the M-step, and checked against what is declared of it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DECLARED = (
    r"<!--: index i = 1..n ; index k = 1..K ; x_i > 0 ; \lambda_k > 0 ; \pi_k > 0 ; assume \sum_k \pi_k = 1 -->" + "\n"
)
RIGHT = r"$$r_{ik} = \frac{\pi_k \lambda_k e^{-\lambda_k x_i}}{\sum_{j=1}^K \pi_j \lambda_j e^{-\lambda_j x_i}}.$$"
WRONG = r"$$r_{ik} = \frac{\pi_k \lambda_k e^{-\lambda_k x_i}}{\sum_{j=1}^K \lambda_j e^{-\lambda_j x_i}}.$$"
OBJECTIVE = "\nConsider\n" + r"$$Q = \sum_{i,k} r_{ik} (\log \pi_k + \log \lambda_k - \lambda_k x_i).$$" + "\nThen\n"


@pytest.mark.parametrize(
    ("said", "gradient", "word"),
    [
        ("In the E-step we compute", r"\sum_i r_{ik} (1/\lambda_k - x_i)", "proved"),
        ("In the E-step we compute", r"\sum_i r_{ik} (1/\lambda_k + x_i)", "refuted"),
        ("EM alternates two steps. The responsibilities are", r"\sum_i r_{ik} (1/\lambda_k - x_i)", "proved"),
        ("The responsibilities are", r"\sum_i r_{ik} (1/\lambda_k - x_i)", "refuted"),
        ("In an E-step we compute", r"\sum_i (1/\lambda_k - x_i)", "refuted"),
    ],
)
def test_the_m_step_does_not_differentiate_it(words: Judged, said: str, gradient: str, word: str) -> None:
    line = rf"$$\frac{{\partial Q}}{{\partial \lambda_k}} = {gradient}.$$"
    assert words(f"{DECLARED}{said}\n{RIGHT}{OBJECTIVE}{line}")[-1] == word


def test_the_likelihood_still_moves_with_its_parameters(words: Judged) -> None:
    text = (
        f"{DECLARED}In the E-step\n{RIGHT}\nThe log-likelihood "
        r"$\ell = \sum_i \log \sum_k \pi_k \lambda_k e^{-\lambda_k x_i}$ has the gradient "
        r"$$\frac{\partial \ell}{\partial \lambda_k} = \sum_i r_{ik} \left(\frac{1}{\lambda_k} - x_i\right).$$"
    )
    assert words(text)[-1] == "proved"


@pytest.mark.parametrize(("step", "found"), [(RIGHT, ["proved", "proved"]), (WRONG, ["refuted", "proved"])])
def test_what_is_declared_of_it_is_claimed_of_its_value(words: Judged, step: str, found: list[str]) -> None:
    declared = DECLARED.replace("-->", r"; r_{ik} \ge 0 ; assume \sum_k r_{ik} = 1 -->")
    text = f"{declared}Let $N_k = \\sum_i r_{{ik}}$. In the E-step\n{step}"
    assert words(text)[1:] == found


def test_it_is_said_what_is_held() -> None:
    assert "derivatives hold r fixed" in notes(f"{DECLARED}In the E-step\n{RIGHT}")
    assert "hold" not in notes(f"{DECLARED}We write\n{RIGHT}")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("**(b)** E-step. By Bayes' rule", "proved"),
        ("### Step 2: E-step (responsibilities)\n\nBy Bayes' theorem:", "proved"),
        ("## The E-step\n\nThere are $n$ points. For each of them", "proved"),
        ("## M-step\n\nRecall that", "refuted"),
        ("## E-step\n\nDone.\n\n## Likelihood\n\nBy Bayes' theorem:", "refuted"),
        ("By Bayes' rule", "refuted"),
    ],
)
def test_shares_below_the_words_e_step_are_held(words: Judged, said: str, word: str) -> None:
    line = r"$$\frac{\partial Q}{\partial \lambda_k} = \sum_i r_{ik} (1/\lambda_k - x_i).$$"
    assert words(f"{DECLARED}{said}\n\n{RIGHT}{OBJECTIVE}{line}")[-1] == word


@pytest.mark.parametrize(
    "share",
    [
        r"$p(x_i) = \sum_{j=1}^K \pi_j \lambda_j e^{-\lambda_j x_i}$ and $$r_{ik} = \frac{\pi_k \lambda_k e^{-\lambda_k x_i}}{p(x_i)}.$$",
        r"$c_i = \sum_{j=1}^K \pi_j \lambda_j e^{-\lambda_j x_i}$ and $$r_{ik} = \frac{\lambda_k e^{-\lambda_k x_i} \pi_k}{c_i}.$$",
    ],
)
def test_a_share_may_have_a_name_for_the_sum(words: Judged, share: str) -> None:
    line = r"$$\frac{\partial Q}{\partial \lambda_k} = \sum_i r_{ik} (1/\lambda_k - x_i).$$"
    assert words(f"{DECLARED}## E-step\n\nWith {share}{OBJECTIVE}{line}")[-1] == "proved"


def test_what_is_no_share_moves_below_the_words_e_step(words: Judged) -> None:
    text = (
        f"{DECLARED}## E-step\n\nWe write\n"
        r"$$p_i = \sum_{j=1}^K \pi_j \lambda_j e^{-\lambda_j x_i}$$ and $\ell = \sum_i \log p_i$. Then"
        r"$$\frac{\partial \ell}{\partial \pi_k} = 0.$$"
    )
    assert words(text)[-1] == "refuted"
