"""Results as text for people: a block per derivation, a line per claim, the witness of what is false."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from derive.language.claims import Claim, Derivation
from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.verdicts import Proved, Refuted, Undecided, Unread, Witness
from derive.render.latex import filled, space, statement_to_latex, subscripts, to_latex
from derive.render.record import VERDICTS, Report, Result, condition_text, short_path, slowest

_MARKS = {"proved": "✓", "refuted": "✗", "undecided": "?", "unread": "!"}
_COLOURS = {"proved": "32", "refuted": "31", "undecided": "33", "unread": "35", "dim": "2", "bold": "1"}
_INDENT = " " * 6


@dataclass(frozen=True)
class Style:
    """How text looks: with colour (terminals) or without, and whether only surprises are shown."""

    colour: bool = False
    quiet: bool = False

    def paint(self, name: str, text: str) -> str:
        """``text`` in the colour of a verdict, dim or bold."""
        return f"\033[{_COLOURS[name]}m{text}\033[0m" if self.colour else text


PLAIN = Style()


def to_text(report: Report, style: Style = PLAIN, durations: int = 0) -> str:
    """The whole report."""
    lines: list[str] = []
    for name, title in report.titles.items():
        own = [result for result in report.results if result.derivation == name]
        if style.quiet:
            own = [result for result in own if result.surprising]
        if own:
            lines += [f"{style.paint('bold', name)}  {title}", *_block(own, style), ""]
    if durations:
        lines += [f"slowest {durations}:"]
        lines += [f"  {_time(result.seconds):>8}  {result.id}" for result in slowest(report.results, durations)]
        lines += [""]
    if not style.quiet or report.exit_status():
        lines.append(summary_line(report))
    return "\n".join(lines)


def summary_line(report: Report) -> str:
    """How many of each, and how long it took."""
    counts = report.summary()
    parts = [f"{counts[word]} {word}" for word in VERDICTS if counts[word]]
    expected = sum(result.expected == "refuted" and not result.surprising for result in report.results)
    if expected:
        parts = [f"{part} ({expected} as expected)" if part.endswith("refuted") else part for part in parts]
    surprising = sum(result.surprising for result in report.results)
    told = [f"{surprising} not as expected"] if surprising else []
    told += [f"{len(report.failures)} not usable"] if report.failures else []
    verdict = ", ".join(told) or "every verdict is the expected one"
    count = len(report.results)
    return f"{count} claim{'s' * (count != 1)}: {', '.join(parts) or 'none'}; {verdict}; {report.seconds:.1f} s"


def _block(results: Sequence[Result], style: Style) -> list[str]:
    width = max(len(_short(result)) for result in results)
    lines: list[str] = []
    for result in results:
        mark = style.paint(result.word, _MARKS[result.word])
        word = style.paint(result.word, f"{result.word:<9}")
        facts = ", ".join(_facts(result))
        line = (
            f"  {mark} {_short(result):<{width}}  {word}  {style.paint('dim', f'{_time(result.seconds):>8}')}  {facts}"
        )
        lines.append(line.rstrip())
        lines += [_INDENT + text for text in _details(result, style)]
    return lines


def _short(result: Result) -> str:
    return result.id.removeprefix(f"{result.derivation}.")


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _facts(result: Result) -> list[str]:
    """What belongs on the claim's own line."""
    facts: list[str] = []
    match result.verdict:
        case Proved(scope, conditions, untested=untested):
            facts.append(scope if isinstance(scope, str) else f"for {show_sizes(scope)}")
            if conditions:
                facts.append(f"if {', '.join(condition_text(each) for each in conditions)}")
            if untested:
                facts.append("not tested in numbers")
            if result.expected == "refuted":
                facts.append("but was expected to be refuted")
        case Refuted():
            if result.expected == "refuted":
                facts.append(f"as expected: {result.note}")
        case Undecided(reason) | Unread(reason):
            facts.append(reason)
    if result.follows_from_start is not None:
        facts += against_start(result)
    return facts


def against_start(result: Result) -> list[str]:
    """What is to be said of a line of a chain that broke: how it stands to the chain's start."""
    if result.word == "proved" and result.follows_from_start is False:
        return ["follows from a line that was already wrong"]
    if result.word == "refuted" and result.follows_from_start:
        return ["does not follow from the line above, but is right"]
    return []


def _details(result: Result, style: Style) -> list[str]:
    """The lines below: what was claimed and the witness, where it is refuted; the place of every surprise."""
    lines: list[str] = []
    if result.surprising:
        lines.append(f"{short_path(result.file)}:{result.line}: {result.statement}")
    if isinstance(result.verdict, Refuted):
        lines += _refutation(result.verdict, style)
    return lines


def _refutation(verdict: Refuted, style: Style) -> list[str]:
    lines = [verdict.reason] if verdict.reason else []
    return [*lines, *witness_lines(verdict.witness), *correction(verdict, style)]


def correction(verdict: Refuted, style: Style = PLAIN) -> list[str]:
    """What would be right: the author's own side before and after, or the repaired term where its text is not known."""
    if verdict.suggestion is None:
        return []
    right = condition_text(verdict.suggestion)
    if not verdict.instead_of:
        return [f"true would be: {right}"]
    before, after = changed_parts(verdict.instead_of, right, style)
    return [f"{style.paint('refuted', '-')} {before}", f"{style.paint('proved', '+')} {after}"]


_MARK = re.compile(r"\\[A-Za-z]+|\\.|\d+|\s+|.", re.DOTALL)


def changed_parts(before: str, after: str, style: Style) -> tuple[str, str]:
    """Two texts, on a terminal with the marks in colour that differ."""
    one, other = _MARK.findall(before), _MARK.findall(after)
    lines = ["", ""]
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        old, new = "".join(one[a:b]), "".join(other[c:d])
        lines[0] += old if kind == "equal" or not old else style.paint("refuted", old)
        lines[1] += new if kind == "equal" or not new else style.paint("proved", new)
    return lines[0], lines[1]


def witness_lines(witness: Witness) -> list[str]:
    """An admissible point, and what the two sides are worth there."""
    point = [f"{name} = {size}" for name, size in witness.sizes.items()]
    point += [f"{name} = {_number(value)}" for name, value in witness.values.items()]
    lines = [f"at {', '.join(point)}"] if point else []
    lines += [f"left {witness.left}, right {witness.right}"] if witness.left or witness.right else []
    return lines + ([witness.note] if witness.note else [])


def _number(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_number(item) for item in value)}]"
    return str(value)


def show_sizes(scope: Mapping[str, int]) -> str:
    """``N = 1, K = 2``."""
    return ", ".join(f"{name} = {size}" for name, size in scope.items())


def answer(result: Result, style: Style = PLAIN) -> str:
    """The verdict on one question, without a place."""
    mark = style.paint(result.word, f"{_MARKS[result.word]} {result.word}")
    lines = [f"{mark}  {', '.join([*_facts(result), _time(result.seconds)])}"]
    if isinstance(result.verdict, Refuted):
        lines += [f"  {line}" for line in _refutation(result.verdict, style)]
    return "\n".join(lines)


# -- one claim in full -------------------------------------------------------------------------------------------------
def explain(claim: Claim, result: Result, style: Style = PLAIN, inferred: Sequence[str] = ()) -> str:
    """Everything there is to say of one claim: statement, context, conditions, evidence or witness."""
    understood = [statement_to_latex(each) for each in claim.readings or (claim.statement,)]
    lines = [
        f"{style.paint('bold', claim.id)}  {result.kind}",
        f"  at        {short_path(claim.file)}:{claim.line}",
        *([f"  source    {claim.source}"] if claim.source else []),
        f"  states    {result.statement}{f', {result.part}' if result.part else ''}",
        *(_section("read as", understood) if claim.text else []),
        *_section("context", context_lines(claim.context)),
        *_section("inferred", inferred),
        f"  verdict   {style.paint(result.word, result.word)} in {_time(result.seconds)}",
    ]
    match result.verdict:
        case Proved(scope, conditions, evidence, found, untested):
            lines += _section("scope", [scope if isinstance(scope, str) else show_sizes(scope)])
            lines += _section("provided", [condition_text(each) for each in conditions])
            lines += _section("evidence", evidence.splitlines())
            lines += _section("found", [f"{what} {condition_text(value)}" for what, value in found])
            lines += _section("numbers", [f"not tested: {untested}"] if untested else [])
        case Refuted(witness, _, reason):
            lines += _section("reason", [reason] if reason else []) + _section("witness", witness_lines(witness))
            lines += _section("suggested", correction(result.verdict, style))
        case Undecided(reason) | Unread(reason):
            lines += _section("reason", reason.splitlines())
            lines += _section("readings", result.readings)
    lines += _section("expected", [f"{claim.expect}: {claim.reason}"] if claim.expect else [])
    lines += _section("chain", against_start(result))
    return "\n".join(lines)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"  {title if number == 0 else '':<9} {line}" for number, line in enumerate(lines)]


def context_lines(context: Context) -> list[str]:
    """A context in the notation of declarations."""
    lines = [f"size {name} >= {least}" for name, least in context.sizes.items() if least != 1]
    lines += [f"index {name} = {range_}" for name, range_ in context.indices.items()]
    lines += [_symbol(decl) for decl in context.symbols.values()]
    lines += [_function(decl) for decl in context.functions.values()]
    return lines + [f"assume {to_latex(fact.statement)}" for fact in context.facts]


def _symbol(decl: SymbolDecl) -> str:
    name = filled(decl.name, decl.family_names) or decl.name + _family(decl.family_names, decl.family)
    if decl.definition is not None:
        return f"let {name} := {to_latex(decl.definition.body)}"
    told = decl.shape or decl.properties or decl.low or decl.high or decl.values
    shape = rf" \in {space(decl.shape)}" if decl.shape else "" if told else r" \in \mathbb{R}"
    bounds = [f"{'>' if decl.low_open else '>='} {to_latex(decl.low)}"] if decl.low is not None else []
    bounds += [f"{'<' if decl.high_open else '<='} {to_latex(decl.high)}"] if decl.high is not None else []
    bounds += [f"in {{{', '.join(to_latex(value) for value in decl.values)}}}"] if decl.values else []
    return " ".join([f"{name}{shape}", *sorted(decl.properties), *bounds])


def _family(names: Sequence[str], ranges: Sequence[Range]) -> str:
    """The subscripts of a declared name, or the ranges they run over where the author gave them no names."""
    if len(names) != len(ranges):
        names = [str(range_) for range_ in ranges]
    return f"_{{{subscripts(names)}}}" if names else ""


def _function(decl: FunctionDecl) -> str:
    head = f"function {decl.name}{_family(decl.family_names, decl.family)}"
    if decl.builtin is not None:
        return f"{head} = {decl.builtin}"
    call = f"{head}({', '.join(decl.params)})" if decl.params else head
    return f"{call} := {to_latex(decl.body)}" if decl.body is not None else call


def listing(entries: Sequence[tuple[Derivation, Sequence[Claim]]], style: Style = PLAIN) -> str:
    """Derivations and their claims, with sources."""
    lines: list[str] = []
    for derivation, claims in entries:
        source = f"  ({derivation.source})" if derivation.source else ""
        lines.append(f"{style.paint('bold', derivation.name)}  {derivation.title}{source}")
        width = max((len(claim.id) for claim in claims), default=0) - len(derivation.name) - 1
        for claim in claims:
            mark = "  expected: refuted" if claim.expect else ""
            lines.append(f"  {claim.id.removeprefix(derivation.name + '.'):<{width}}  {claim.source}{mark}".rstrip())
    return "\n".join(lines)
