r"""``%load_ext derive``: the magic ``%%derive`` checks the Markdown or LaTeX of its cell, and terms, claims and
derivations show themselves as formulas. IPython itself is not imported: it hands over its shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.language.claims import Claim, Derivation
    from derive.language.terms import Term
    from derive.render.record import Report

NAME = "<cell>"
USAGE = "%%derive [tex|md] [--timeout SECONDS]"
_KINDS = {"tex": True, "md": False}


@dataclass(frozen=True)
class CheckedCell:
    """What was found in a cell: as text what ``derive check`` prints, as HTML the report."""

    report: Report
    page: str

    def __repr__(self) -> str:
        from derive.render.places import to_text

        return "\n".join(filter(None, [*self.report.failures, to_text(self.report)]))

    def _repr_html_(self) -> str:
        """The report in a frame of its own, so that neither its style nor that of the notebook touches the other."""
        if not self.page:
            return f"<pre>{escape(repr(self))}</pre>"
        height = min(52, 22 + 5 * len(self.report.results))
        style = f"width: 100%; height: {height}em; border: 1px solid #8888; resize: vertical"
        return f'<iframe title="derive" sandbox="" style="{style}" srcdoc="{escape(self.page)}"></iframe>'


class UnusableLine(ValueError):
    """What stands behind ``%%derive`` is not understood; the message says what may stand there."""


def check_cell(line: str, cell: str) -> CheckedCell:
    """What the lines of a cell are worth; they are counted with the line of the magic, as notebooks count them."""
    from derive.cache import default_folder
    from derive.checker import checked, report_of
    from derive.judging import TIMEOUT, Limits
    from derive.publish import page_of_document
    from derive.read.documents.text.files import text_input
    from derive.render.report.html import to_html

    latex, timeout = _options(line)
    given = text_input(f"\n{cell}", NAME)
    given = given if latex is None else replace(given, latex=latex)
    (done,) = checked([given], Limits(timeout or TIMEOUT, folder=default_folder()))
    report = report_of([done], [])
    if report.left:
        raise KeyboardInterrupt
    return CheckedCell(report, "" if report.failures else to_html(page_of_document(done, "cell")))


def _options(line: str) -> tuple[bool | None, float | None]:
    """Whether the cell is LaTeX (``None``: look at it) and the seconds for each claim (``None``: as always)."""
    latex: bool | None = None
    timeout: float | None = None
    words = iter(line.split())
    for word in words:
        if word in _KINDS:
            latex = _KINDS[word]
        elif word == "--timeout":
            timeout = _seconds(next(words, ""))
        else:
            raise UnusableLine(f"expected {USAGE}, found “{word}”")
    return latex, timeout


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UnusableLine(f"expected a number of seconds behind --timeout, found “{text}”")
    return seconds


# -- objects -----------------------------------------------------------------------------------------------------------
def _term(term: Term) -> str:
    from derive.render.latex import to_latex

    return rf"$\displaystyle {to_latex(term)}$"


def _claim(claim: Claim) -> str:
    from derive.render.latex import statement_to_latex

    return rf"$\displaystyle {statement_to_latex(claim.statement)}$"


def _derivation(derivation: Derivation) -> str:
    from derive.render.latex import statement_to_latex

    numbered = enumerate((statement_to_latex(claim.statement) for claim in derivation.claims), start=1)
    rows = " \\\\\n".join(rf"&\text{{{number}.}} && {statement}" for number, statement in numbered)
    return rf"$$\begin{{aligned}} {rows} \end{{aligned}}$$" if rows else ""


def _builder(builder: Any) -> str:
    return _derivation(builder.build())


SHOWN: dict[tuple[str, str], Callable[[Any], str]] = {
    ("derive.language.terms", "Term"): _term,
    ("derive.language.claims", "Claim"): _claim,
    ("derive.language.claims", "Derivation"): _derivation,
    ("derive.authoring", "Derivation"): _builder,
}
"""How what is not a result shows itself as LaTeX, by module and class: neither need be imported yet."""


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext derive`` does."""
    shell.register_magic_function(check_cell, magic_kind="cell", magic_name="derive")
    latex = shell.display_formatter.formatters["text/latex"]
    for (module, name), show in SHOWN.items():
        latex.for_type_by_name(module, name, show)
