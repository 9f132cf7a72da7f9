"""Finds derivations, has every claim judged within its limits, and remembers the verdicts."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive.authoring import AuthoringError
from derive.authoring import Derivation as Builder
from derive.cache import ClaimDigests, Store, digest, tree_digest
from derive.language.claims import Claim, Compare, Derivation, Equal, Step, Written
from derive.language.terms import Rel
from derive.language.verdicts import Contradiction, Proved, Refuted, Unread, Verdict
from derive.read.errors import NotASize, Undeclared
from derive.render.declarations import Suggested
from derive.render.record import (
    Report,
    Result,
    as_far_as_judged,
    result_of,
    short_path,
    verdict_from_json,
    verdict_to_json,
)
from derive.workers import Died, Exhausted, Finished, Outcome, Pieces, Stopped, run

if TYPE_CHECKING:  # reading documents is only loaded where there are some
    from derive.documents import Document, Unreadable
    from derive.read.documents.files import Input

PACKAGE = "proofs"
TIMEOUT = 10.0
MEMORY = 2 * 2**30
GRACE = 1.0
"""Seconds beyond the time limit after which a claim that does not stop by itself is stopped."""
ENOUGH = 0.5
"""What is undecided after less than this part of its time would be so after all of it."""
MOST_INFERRED = 50

Judge = Callable[[Claim, float], Verdict]
"""A claim and the ``time.monotonic()`` at which to give up, to a verdict."""

Progress = Callable[[int, int], None]
"""Told how many claims are done, of how many."""


class UnknownName(LookupError):
    """No derivation or claim of this name; the message lists those that are near."""


class UnusableProof(ValueError):
    """A proof module that cannot be loaded; the message says where and why."""


@dataclass(frozen=True)
class Limits:
    """How a run is done: seconds and bytes (``None``: any) per claim, processes, the folder of kept verdicts (``None``:
    keep none), the judge; ``kept`` remembers every result of a session, also the undecided ones. Where ``pieces`` is
    given, claims are judged by it, not in processes of their own."""

    timeout: float = TIMEOUT
    jobs: int = 0
    folder: Path | None = None
    judge: Judge | None = None
    progress: Progress | None = field(default=None, compare=False)
    kept: dict[str, Result] | None = field(default=None, compare=False)
    pieces: Pieces | None = field(default=None, compare=False)
    memory: int | None = MEMORY

    def judging(self) -> Judge:
        """The judge of this run: the program's own unless another was given."""
        if self.judge is not None:
            return self.judge
        from derive.repair import judge_and_repair

        return judge_and_repair

    def text(self) -> str:
        """The limits of a claim, for what is kept under them."""
        return f"{self.timeout:g} s, {self.memory} bytes"

    def processes(self) -> int:
        """How many processes to use: as asked, else one for each processor this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# -- finding -----------------------------------------------------------------------------------------------------------
@cache
def proofs_folder() -> Path:
    """Where the package of encoded derivations lies."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UnusableProof(f"the package {PACKAGE!r} is not installed beside derive; run `pip install .`")
    return Path(next(iter(spec.submodule_search_locations)))


def names() -> tuple[str, ...]:
    """The names of all encoded derivations, such as ``mixtures/gaussian``; modules that start with _ are helpers."""
    root = proofs_folder()
    found = (path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.py"))
    return tuple(sorted(name for name in found if not name.rpartition("/")[2].startswith("_")))


def load(name: str) -> Derivation:
    """An encoded derivation by name; ``UnusableProof`` if its module does not define one."""
    module_name = f"{PACKAGE}.{name.replace('/', '.')}"
    try:
        module = import_module(module_name)
    except AuthoringError as problem:
        raise UnusableProof(f"{short_path(problem.file)}:{problem.line}: {problem}") from problem
    except SyntaxError as problem:
        raise UnusableProof(f"{short_path(problem.filename or name)}:{problem.lineno}: {problem.msg}") from problem
    except ImportError as problem:
        raise UnusableProof(f"{name}: {problem}") from problem
    built = getattr(module, "derivation", None)
    if isinstance(built, Builder):
        built = built.build()
    place = short_path(module.__file__ or name)
    if not isinstance(built, Derivation):
        raise UnusableProof(f"{place}:1: expected a variable `derivation` (a derive.Derivation), found {built!r}")
    if built.name != name:
        raise UnusableProof(f"{place}:1: expected a derivation named {name!r} as the file is, found {built.name!r}")
    return built


def introduction(name: str) -> tuple[str, str]:
    """What the module of an encoded derivation says of itself at its top, and its file."""
    module = import_module(f"{PACKAGE}.{name.replace('/', '.')}")
    return module.__doc__ or "", module.__file__ or ""


@dataclass(frozen=True)
class Wanted:
    """A derivation and which of its claims are asked for (all of them if ``claims`` is empty)."""

    name: str
    claims: tuple[str, ...] = ()

    def takes(self, claim_id: str) -> bool:
        """Whether a claim is asked for, by its own id or by that of its chain."""
        return not self.claims or claim_id in self.claims or claim_id.rpartition(".")[0] in self.claims


def select(patterns: Sequence[str]) -> tuple[Wanted, ...]:
    """What names ask for: ``area``, ``area/name`` or ``area/name.claim``; without names, everything."""
    known = names()
    if not known:
        raise UnusableProof(f"no proofs in {short_path(str(proofs_folder()))}")
    if not patterns:
        return tuple(Wanted(name) for name in known)
    asked: dict[str, list[str] | None] = {}
    for pattern in patterns:
        name, _, claim = pattern.strip("/").partition(".")
        matches = [each for each in known if each == name or (not claim and each.startswith(f"{name}/"))]
        if not matches:
            raise UnknownName(_unknown(pattern, name, known))
        for match in matches:
            held = asked.setdefault(match, [])
            if claim and held is not None:
                held.append(f"{match}.{claim}")
            else:
                asked[match] = None
    return tuple(Wanted(name, tuple(asked[name] or ())) for name in known if name in asked)


def _unknown(pattern: str, wanted: str, known: Sequence[str]) -> str:
    """What to say of a derivation's name that is not there."""
    areas = sorted({name.partition("/")[0] for name in known})
    return _not_there(pattern, wanted, {name: name for name in (*known, *areas)}, "/")


def _not_there(pattern: str, wanted: str, choices: Mapping[str, str], sign: str) -> str:
    """What to say of a name that is not there: the names near to it, found whole or by the part after ``sign``."""
    words = {**{name.rpartition(sign)[2]: name for name in choices}, **choices}
    near = dict.fromkeys(words[word] for word in get_close_matches(wanted, words, n=3))
    hint = f"did you mean {' or '.join(near)}?" if near else "`derive list` shows all names"
    return f"no proof is named {pattern!r}; {hint}"


def _check_claims(wanted: Wanted, ids: Sequence[str]) -> None:
    """Every claim asked for by name must be there."""
    stems = {claim_id.rpartition(".")[0] for claim_id in ids}
    short = {claim_id.partition(".")[2]: claim_id for claim_id in ids}
    for claim in wanted.claims:
        if claim not in ids and claim not in stems:
            raise UnknownName(_not_there(claim, claim.partition(".")[2], short, "."))


# -- verifying ---------------------------------------------------------------------------------------------------------
def verify(patterns: Sequence[str] = (), limits: Limits | None = None) -> Report:
    """Verdicts for the encoded derivations that ``patterns`` name (all of them without a pattern)."""
    limits = limits or Limits()
    started = time.perf_counter()
    store = Store.of(limits.folder)
    tree = tree_digest(proofs_folder()) if limits.folder else ""
    modules: list[_Module] = []
    failures: list[str] = []
    for wanted in select(patterns):
        try:
            modules.append(_opened(wanted, store, _module_key(wanted.name, tree, limits)))
        except UnusableProof as problem:
            failures.append(str(problem))
    judged = iter(check_claims([claim for module in modules for claim in module.claims], limits, store))
    results: list[Result] = []
    for module in modules:
        own = [*module.results, *islice(judged, len(module.claims))]
        if module.claims and not module.wanted.claims and all(_worth_keeping(result, limits) for result in own):
            store.put(module.key, _kept_json(module.title, own))
        results += own
    titles = {module.wanted.name: module.title for module in modules}
    return as_far_as_judged(Report(tuple(results), titles, tuple(failures), time.perf_counter() - started))


@dataclass(frozen=True)
class _Module:
    """A derivation asked for: the claims still to be judged, or the results kept since nothing has changed."""

    wanted: Wanted
    key: str
    title: str
    claims: tuple[Claim, ...] = ()
    results: tuple[Result, ...] = ()


def _opened(wanted: Wanted, store: Store, key: str) -> _Module:
    kept = _kept(store.get(key))
    if kept is not None:
        _check_claims(wanted, [result.id for result in kept.results])
        results = tuple(result for result in kept.results if wanted.takes(result.id))
        return _Module(wanted, key, kept.title, results=results)
    derivation = load(wanted.name)
    _check_claims(wanted, [claim.id for claim in derivation.claims])
    claims = tuple(claim for claim in derivation.claims if wanted.takes(claim.id))
    return _Module(wanted, key, derivation.title, claims)


def check(derivation: Derivation | Builder, limits: Limits | None = None) -> Report:
    """Verdicts for every claim of one derivation."""
    built = derivation.build() if isinstance(derivation, Builder) else derivation
    limits = limits or Limits()
    started = time.perf_counter()
    results = check_claims(built.claims, limits, Store.of(limits.folder))
    titles = {built.name: built.title}
    return as_far_as_judged(Report(tuple(results), titles, (), time.perf_counter() - started))


def check_claims(claims: Sequence[Claim], limits: Limits, store: Store) -> list[Result]:
    """A result for each claim, in order; then, for chains that broke, each line against the chain's start."""
    results = _with_their_lines(claims, _judged(claims, limits, store))
    if any(result.cut == "interrupt" for result in results):
        return results
    from_start = _from_start(claims, results)
    doubtful = [number for number, answer in enumerate(from_start) if answer is None and claims[number].start]
    again = [_against_start(claims[number]) for number in doubtful]
    answers = _judged(again, replace(limits, progress=None), store, "start of ")
    for number, answer in zip(doubtful, answers, strict=True):
        rests = isinstance(verdict := results[number].verdict, Proved) and verdict.on_lines
        from_start[number] = _holds(answer) or (False if rests else _holds(answer))
    return [replace(result, follows_from_start=held) for result, held in zip(results, from_start, strict=True)]


def _with_their_lines(claims: Sequence[Claim], results: Sequence[Result]) -> list[Result]:
    """The results, where a step that rests on the lines before it stands only if each of these is decided. What follows
    from a line that was refuted follows from it, and is said to (``_from_start``)."""
    from derive.judge import relying

    shown: set[tuple[str, Rel]] = set()
    settled: list[Result] = []
    for claim, result in zip(claims, results, strict=True):
        lines = _lines_under(claim)
        verdict = relying(result.verdict, all((claim.file, line) in shown for line in lines))
        settled.append(replace(result, verdict=verdict))
        said = {(claim.file, relation) for relation in _said(claim)}
        shown = shown | said if isinstance(verdict, Proved | Refuted) else shown - said
    return settled


def _lines_under(claim: Claim) -> tuple[Rel, ...]:
    """The lines before it that a step uses, beside the equations that are solved."""
    if not isinstance(claim.statement, Step):
        return ()
    given = claim.start.hypotheses if isinstance(claim.start, Step) else ()
    return tuple(line for line in claim.statement.hypotheses if line not in given)


def _said(claim: Claim) -> tuple[Rel, ...]:
    """The relations that hold if a claim does."""
    match claim.statement:
        case Step(conclusions=conclusions):
            return conclusions
        case Equal(left, right):
            return (Rel("=", left, right),)
        case Compare(op, left, right):
            return (Rel(op, left, right),)
    return ()


def _from_start(claims: Sequence[Claim], results: Sequence[Result]) -> list[bool | None]:
    """For each line of a chain whether it holds against the start, where that is clear from the links alone."""
    answers: list[bool | None] = []
    stem, sound = "", True
    wrong: list[Rel] = []
    for claim, result in zip(claims, results, strict=True):
        here = claim.id.rpartition(".")[0]
        sound = result.word == "proved" and (sound or here != stem)
        stem = here
        if isinstance(claim.statement, Step):
            sound = result.word == "proved" and not any(each in wrong for each in claim.statement.hypotheses)
            wrong += claim.statement.conclusions if not sound else ()
        if claim.start is None:
            answers.append(None)
        elif claim.start == claim.statement:
            answers.append(_holds(result))
        else:
            answers.append(True if sound else None)
    return answers


def _holds(result: Result) -> bool | None:
    match result.verdict:
        case Proved():
            return True
        case Refuted():
            return False
    return None


def _against_start(claim: Claim) -> Claim:
    """The claim that a line of a chain holds against the chain's first side."""
    return replace(claim, statement=claim.start or claim.statement, readings=(), start=None)


# -- documents ---------------------------------------------------------------------------------------------------------
def check_documents(paths: Sequence[str], limits: Limits | None = None, declaring: bool = False) -> Report:
    """Verdicts for every step of the documents at ``paths``: files, folders, or ``-`` for standard input;
    ``declaring`` leaves out those without declarations, and those that state nothing."""
    from derive.read.documents.files import inputs, may_declare

    started = time.perf_counter()
    found, failures = inputs(paths)
    if declaring:
        found = [each for each in found if may_declare(each.source.text)]
    done = checked(found, limits or Limits())
    report = report_of([each for each in done if each.results or not declaring], failures)
    return replace(report, seconds=time.perf_counter() - started)


@dataclass(frozen=True)
class Checked:
    """A document as read, and what is to be said of it in the order of its text."""

    document: Document
    results: tuple[Result, ...]
    seconds: float = 0.0


def checked(found: Sequence[Input], limits: Limits) -> list[Checked]:
    """Verdicts for every step of some documents, judged together."""
    from derive.documents import read_document

    started = time.perf_counter()
    documents = [read_document(each.source, latex=each.latex, name=each.name, opener=each.opener) for each in found]
    return judged(documents, limits, started)


def judged(documents: Sequence[Document], limits: Limits, started: float | None = None) -> list[Checked]:
    """Verdicts for every step of documents that are read already; ``started`` is when that began."""
    started = time.perf_counter() if started is None else started
    claims = [claim for document in documents for claim in document.derivation.claims]
    results = iter(check_claims(claims, limits, Store.of(limits.folder)))
    done: list[Checked] = []
    for document in documents:
        own = list(islice(results, len(document.derivation.claims)))
        done.append(Checked(document, tuple(_in_order(document, _one_mark_a_line(own)))))
    share = (time.perf_counter() - started) / max(1, len(done))
    return [replace(each, seconds=share) for each in done]


def report_of(done: Sequence[Checked], failures: Sequence[str]) -> Report:
    """One report on some documents and on what could not be used."""
    documents = [each.document for each in done]
    results = tuple(result for each in done for result in each.results)
    if documents and not results and not failures:
        read = ", ".join(dict.fromkeys(document.sources[0].file for document in documents))
        failures = [f"nothing to check in {read}: expected a formula with a relation, such as $a = b$"]
    titles = {document.derivation.name: document.derivation.title for document in documents}
    notes = tuple(note for document in documents for note in document.notes)
    seconds = sum(each.seconds for each in done)
    return as_far_as_judged(Report(results, titles, tuple(failures), seconds, notes, _statistics(documents)))


@dataclass(frozen=True)
class Explained:
    """One result of a document in full: its claim in the part of the context that it is about (``None`` for what was
    not read), and what was inferred for it."""

    result: Result
    claim: Claim | None = None
    inferred: tuple[str, ...] = ()


def explain_line(file: str, line: int, limits: Limits | None = None) -> list[Explained]:
    """Everything that a document states on a line, or else on the last line before it that states something."""
    from derive.documents import read_document
    from derive.read.documents.files import inputs

    found, failures = inputs([file])
    if failures or len(found) != 1:
        raise UnknownName(failures[0] if failures else f"{file}: expected one document, found {len(found)}")
    (given,) = found
    lines = len(given.source.text.splitlines())
    if line > lines:
        raise UnknownName(f"{file} has {lines} lines, there is no line {line}")
    document = read_document(given.source, latex=given.latex, name=given.name, opener=given.opener)
    places = [(each.file, each.line) for each in document.derivation.claims]
    places += [(each.place.file, each.place.line) for each in document.unread]
    before = [each for name, each in places if name == given.source.file and each <= line]
    if not before:
        raise UnknownName(f"nothing is stated in {file} at or before line {line}")
    wanted = (given.source.file, max(before))
    claims = [claim for claim in document.derivation.claims if (claim.file, claim.line) == wanted]
    chains = {claim.id.rpartition(".")[0] for claim in claims}
    whole = [claim for claim in document.derivation.claims if claim.id.rpartition(".")[0] in chains]
    limits = limits or Limits()
    judged = {result.id: result for result in check_claims(whole, limits, Store.of(limits.folder))}
    excerpt = given.source.line(wanted[1])
    shown = [_explained(claim, replace(judged[claim.id], excerpt=excerpt), document.notes) for claim in claims]
    unread = [each for each in document.unread if (each.place.file, each.place.line) == wanted]
    return [*shown, *(Explained(replace(_unread(document, each), excerpt=excerpt)) for each in unread)]


def _explained(claim: Claim, result: Result, notes: Sequence[str]) -> Explained:
    """A claim in the part of its context that matters, with the inferences that speak of that."""
    from derive.language.claims import HasShape, terms_of
    from derive.refute.relevance import relevant

    statement = claim.statement
    shapes = (statement.shape,) if isinstance(statement, HasShape) else ()
    context = relevant(terms_of(statement), shapes, claim.context)
    names = [*context.sizes, *context.indices, *context.symbols, *context.functions]
    known = [re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])") for name in names]
    inferred = (note for note in notes if any(name.search(note.rpartition(": ")[2]) for name in known))
    return Explained(result, replace(claim, context=context), tuple(inferred))


def suggest_declarations(paths: Sequence[str]) -> tuple[list[Suggested], list[str]]:
    """The declarations that the documents at ``paths`` lack, and what of the paths cannot be used."""
    from derive.read.documents.files import inputs
    from derive.suggest import suggested

    found, failures = inputs(paths)
    shown: list[Suggested] = []
    for each in found:
        answer = suggested(each)
        counts = ((side.stated, side.unread) for side in (answer.before, answer.after))
        shown.append(Suggested(each.source.file, each.latex, answer.lines, answer.others, *counts))
    return shown, failures


def _in_order(document: Document, judged: Sequence[Result]) -> list[Result]:
    """The verdicts of a document and what was not read in it, as they stand in the text."""
    lines = {source.file: source for source in document.sources}
    results: list[Result] = []
    for number, unread in enumerate(document.unread):
        since = document.unread[number - 1].before if number else 0
        results += judged[since : unread.before]
        results.append(_unread(document, unread))
    results += judged[document.unread[-1].before if document.unread else 0 :]
    return [
        replace(result, excerpt=lines[result.file].line(result.line)) if result.file in lines else result
        for result in results
    ]


def _unread(document: Document, unread: Unreadable) -> Result:
    """The record of what could not be read."""
    from derive.judge import unread as unread_verdict

    reason = f"{unread.reason} ({unread.hint})" if unread.hint else unread.reason
    place = unread.place
    name = document.derivation.name
    return Result(
        unread.id, name, place.file, place.line, place.column, "unread", unread.text, unread_verdict(reason), 0.0
    )


def _one_mark_a_line(results: Sequence[Result]) -> list[Result]:
    """``expect refuted`` marks a line: where one link of it is refuted, the others need not be."""
    refuted = {(result.file, result.line) for result in results if result.expected and result.word == "refuted"}
    return [
        replace(result, expected=None) if result.word != "refuted" and (result.file, result.line) in refuted else result
        for result in results
    ]


def _statistics(documents: Sequence[Document]) -> dict[str, int]:
    counts = [document.statistics for document in documents]
    return {
        "documents": len(documents),
        "declaration_lines": sum(count.declarations for count in counts),
        "inferred": sum(len(document.notes) for document in documents),
        "steps": sum(count.steps for count in counts),
        "sides": sum(count.sides for count in counts),
        "unread": sum(count.unread for count in counts),
    }


# -- judging -----------------------------------------------------------------------------------------------------------
def _judged(claims: Sequence[Claim], limits: Limits, store: Store, stage: str = "") -> list[Result]:
    """A result for each claim, from the store or from the workers; with ``stage`` a claim's id says what is asked."""
    digests = ClaimDigests(limits.text())
    keeping = store.root is not None or limits.kept is not None
    keys = [digests.of(claim) if keeping else "" for claim in claims]
    results: list[Result | None] = [_known(claim, key, limits, store) for claim, key in zip(claims, keys, strict=True)]
    missing = [number for number, result in enumerate(results) if result is None]
    done = len(claims) - len(missing)
    if not missing:
        return [result for result in results if result is not None]
    with suppress(KeyboardInterrupt):  # what is done by then is shown
        for position, outcome in _outcomes([claims[number] for number in missing], limits, stage):
            number = missing[position]
            results[number] = result = _result(claims[number], outcome, limits)
            if limits.kept is not None and not result.contradiction:
                limits.kept[keys[number]] = result
            if _worth_keeping(result, limits):
                store.put(keys[number], {"seconds": result.seconds, **verdict_to_json(result.verdict)})
            done += 1
            if limits.progress is not None:
                limits.progress(done, len(claims))
    pairs = zip(claims, results, strict=True)
    return [_not_judged(claim) if result is None else result for claim, result in pairs]


def _not_judged(claim: Claim) -> Result:
    """The result of a claim that an interrupt came before."""
    from derive.judge import unanswered

    return replace(result_of(claim, unanswered("interrupted before it was judged"), 0.0), cut="interrupt")


def _outcomes(claims: Sequence[Claim], limits: Limits, stage: str) -> Iterator[tuple[int, Outcome]]:
    """How judging each claim ended, each within the limits."""
    work = _work(claims, limits.judging(), limits.timeout)
    if limits.pieces is not None:
        return limits.pieces.run([stage + claim.id for claim in claims], work)
    groups = [claim.id.partition(".")[0] for claim in claims]
    return run(len(claims), work, limits.processes(), limits.timeout + GRACE, groups, limits.memory)


def _work(claims: Sequence[Claim], judge: Judge, timeout: float) -> Callable[[int], Any]:
    """What a worker does with a number: judge that claim."""

    def work(number: int) -> dict[str, Any]:
        try:
            return verdict_to_json(judge(claims[number], time.monotonic() + timeout))
        except Contradiction as bug:
            return {"contradiction": str(bug)}

    return work


def _result(claim: Claim, outcome: Outcome, limits: Limits) -> Result:
    from derive.judge import unanswered

    match outcome:
        case Finished({"contradiction": message}, seconds):
            text = f"both proved and refuted; this is a bug of derive, please report it: {message}"
            return replace(result_of(claim, unanswered(text), seconds), contradiction=True)
        case Finished(data, seconds):
            return result_of(claim, verdict_from_json(data), seconds)
        case Stopped(seconds):
            reason = f"no answer within {limits.timeout:g} s (raise it with --timeout)"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")
        case Exhausted(seconds):
            reason = f"no answer within {(limits.memory or 0) // 2**20} MB of memory (raise it with --memory)"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")
        case Died(code, seconds):
            ended = f"signal {-code}" if code < 0 else f"exit status {code}"
            reason = f"the process that judged it ended with {ended}; this is a bug of derive or a lack of memory"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")


def _worth_keeping(result: Result, limits: Limits) -> bool:
    """Whether a verdict is worth keeping: what is undecided is tried again if that may be for lack of time."""
    settled = isinstance(result.verdict, Proved | Refuted | Unread) or result.seconds < ENOUGH * limits.timeout
    return settled and not result.cut and not result.contradiction


def _known(claim: Claim, key: str, limits: Limits, store: Store) -> Result | None:
    """The result of the same claim before, in this session or another."""
    kept = (limits.kept or {}).get(key)
    if kept is not None:
        return result_of(claim, kept.verdict, kept.seconds)
    return _remembered(claim, store.get(key))


def _remembered(claim: Claim, data: Mapping[str, Any] | None) -> Result | None:
    if data is None:
        return None
    try:
        return result_of(claim, verdict_from_json(data), float(data["seconds"]))
    except (KeyError, TypeError, ValueError):
        return None  # not what this program wrote


# -- whole modules kept ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Kept:
    title: str
    results: tuple[Result, ...]


def _module_key(name: str, tree: str, limits: Limits) -> str:
    return digest(["module", name, tree, str(proofs_folder()), limits.text()])


_PLAIN = ("id", "derivation", "file", "line", "column", "kind", "statement", "seconds", "expected", "note", "source")


def _kept_json(title: str, results: Sequence[Result]) -> dict[str, Any]:
    rows = [
        {
            **{name: getattr(result, name) for name in _PLAIN},
            "follows_from_start": result.follows_from_start,
            "verdict": verdict_to_json(result.verdict),
        }
        for result in results
    ]
    return {"title": title, "results": rows}


def _kept(data: Mapping[str, Any] | None) -> _Kept | None:
    if data is None:
        return None
    try:
        rows = [{**row, "verdict": verdict_from_json(row["verdict"])} for row in data["results"]]
        return _Kept(data["title"], tuple(Result(**row) for row in rows))
    except (KeyError, TypeError):
        return None  # not what this program wrote


def ask(left: str, right: str, given: Sequence[str], limits: Limits) -> Report:
    """The verdict on an equation of two LaTeX texts; names that nothing declares are taken as real numbers or sizes."""
    started = time.perf_counter()
    question, inferred = _question(left, right, given)
    side = Written(right, left)
    claims = [replace(claim, id="equal", file="", line=1, written=side) for claim in question.claims]
    results = check_claims(claims, limits, Store.of(limits.folder))
    notes = tuple(f"taken as declared: {declaration}" for declaration in inferred)
    titles = {"equal": question.title}
    return as_far_as_judged(Report(tuple(results), titles, (), time.perf_counter() - started, notes))


def _question(left: str, right: str, given: Sequence[str]) -> tuple[Derivation, tuple[str, ...]]:
    """``left = right`` as a derivation, and the declarations that had to be inferred for it."""
    inferred: dict[str, str] = {}
    while True:
        try:
            question = Builder("equal", title="a question", context="\n".join([*given, *inferred.values()]))
            question.equal("sides", left, right)
        except AuthoringError as problem:
            match problem.__cause__:
                case NotASize(name=name):
                    declaration = f"size {name}"
                case Undeclared(name=name):
                    declaration = rf"{name} \in \mathbb{{R}}"
                case _:
                    raise
            if inferred.get(name) in (declaration, f"size {name}") or len(inferred) >= MOST_INFERRED:
                raise
            inferred[name] = declaration
        else:
            return question.build(), tuple(inferred.values())


def at_place(file: str, line: int) -> tuple[str, ...]:
    """The ids of the claims stated by the call at ``file:line``, or by the last call before that line."""
    path, root = Path(file).resolve(), proofs_folder().resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise UnknownName(f"{file} is not a proof module; they lie in {short_path(str(root))}")
    claims = load(path.relative_to(root).with_suffix("").as_posix()).claims
    before = [claim.line for claim in claims if claim.line <= line]
    if not before:
        raise UnknownName(f"no claim is stated in {file} at or before line {line}")
    return tuple(claim.id for claim in claims if claim.line == max(before))


def stated(patterns: Sequence[str]) -> Iterator[tuple[Derivation, list[Claim]]]:
    """The derivations that ``patterns`` name, each with the claims asked for; nothing is judged."""
    for wanted in select(patterns):
        derivation = load(wanted.name)
        _check_claims(wanted, [claim.id for claim in derivation.claims])
        yield derivation, [claim for claim in derivation.claims if wanted.takes(claim.id)]
