"""The page of verdicts: everything of a claim but its times and places."""

from __future__ import annotations

from derive.language.verdicts import Proved, Refuted, Undecided, Verdict, Witness
from derive.render.markdown import to_markdown
from derive.render.record import Report, Result

WITNESS = Witness({"N": 1}, {"x": ["1/2"]}, "1", "2", "they differ")


def page(verdict: Verdict, expected: str | None = None, note: str = "", from_start: bool | None = None) -> str:
    result = Result(
        id="area/name.claim",
        derivation="area/name",
        file="/somewhere/area/name.py",
        line=17,
        column=1,
        kind="equality",
        statement=r"a_1 = |b|",
        verdict=verdict,
        seconds=1.25,
        expected=expected,
        note=note,
        source="eq. 3",
        follows_from_start=from_start,
    )
    return to_markdown(Report((result,), {"area/name": "A title"}, (), 2.5))


def test_proved() -> None:
    text = page(Proved("all sizes", (r"a_1 > 0", r"b \neq 0"), "evidence"))
    assert "1 claims: 1 proved; every verdict is the expected one." in text
    assert "| [area/name](#areaname) | 1 |" in text
    assert "### area/name.claim: proved\n\neq. 3\n\n```math\na_1 = |b|\n```\n" in text
    assert r"For all sizes, provided $`a_1 > 0`$, $`b \neq 0`$." in text


def test_exact_sizes() -> None:
    assert "For N = 2, K = 3." in page(Proved({"N": 2, "K": 3}))


def test_refuted_as_expected() -> None:
    text = page(Refuted(WITNESS, "a_1 = b", "its shape differs"), "refuted", "the x_1 is *lost*", from_start=True)
    assert r"Known to be false: the x\_1 is \*lost\*." in text
    assert "Its shape differs." in text
    assert "- `at N = 1, x = [1/2]`\n- `left 1, right 2`\n- `they differ`" in text
    assert "True would be $`a_1 = b`$." in text
    assert "does not follow from the line above, but is right" in text


def test_what_is_not_expected_is_named_at_the_top() -> None:
    head = page(Undecided("no rule reduced it")).partition("##")[0]
    assert "not as expected: `area/name.claim`" in head


def test_no_times_and_no_places() -> None:
    text = page(Proved("all sizes"))
    assert not any(found in text for found in ("1.25", "2.5", "somewhere", "17"))
