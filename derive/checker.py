"""Finds derivations and documents, and reports what is found of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from derive.authoring import AuthoringError
from derive.authoring import Derivation as Builder
from derive.cache import Store, tree_digest
from derive.judging import Limits, check_claims
from derive.keeping import (
    Opened,
    Told,
    keep_document,
    keep_module,
    kept_document,
    kept_module,
    module_key,
)
from derive.language.claims import Claim, Derivation, Written
from derive.read.errors import NotASize, Undeclared
from derive.render.declarations import Suggested
from derive.render.record import (
    Report,
    Result,
    as_far_as_judged,
    short_path,
)

if TYPE_CHECKING:  # reading documents is only loaded where there are some
    from derive.documents import Document, Unreadable
    from derive.read.documents.text.files import Input

PACKAGE = "proofs"
MOST_INFERRED = 50


class UnknownName(LookupError):
    """No derivation or claim of this name; the message lists those that are near."""


class UnusableProof(ValueError):
    """A proof module that cannot be loaded; the message says where and why."""


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
    if not built.claims:
        raise UnusableProof(f"{place}:1: expected a derivation that claims something, found no claim")
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
    dotted = pattern.replace(".", "/")  # as modules are named
    return _not_there(pattern, dotted if dotted in known else wanted, {name: name for name in (*known, *areas)}, "/")


def _not_there(pattern: str, wanted: str, choices: Mapping[str, str], sign: str) -> str:
    """What to say of a name that is not there: the names near to it, found whole or by the part after ``sign``."""
    words = {**{name.rpartition(sign)[2]: name for name in choices}, **choices}
    near = [wanted] if wanted in words else dict.fromkeys(words[word] for word in get_close_matches(wanted, words, n=3))
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
            key = module_key(wanted.name, tree, str(proofs_folder()), limits)
            modules.append(_opened(wanted, store, key))
        except UnusableProof as problem:
            failures.append(str(problem))
    judged = iter(check_claims([claim for module in modules for claim in module.claims], limits, store))
    results: list[Result] = []
    for module in modules:
        own = [*module.results, *islice(judged, len(module.claims))]
        if module.claims and not module.wanted.claims:
            keep_module(store, module.key, module.title, own, limits)
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
    kept = kept_module(store, key)
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


# -- documents ---------------------------------------------------------------------------------------------------------
def check_documents(paths: Sequence[str], limits: Limits | None = None, declaring: bool = False) -> Report:
    """Verdicts for every step of the documents at ``paths``: files, folders, or ``-`` for standard input;
    ``declaring`` leaves out those without declarations, and those that state nothing."""
    from derive.read.documents.text.files import inputs, may_declare

    started = time.perf_counter()
    found, failures = inputs(paths)
    if declaring:
        found = [each for each in found if may_declare(each.source.text)]
    told = _told_of_each(found, limits or Limits())
    report = _report([each for each in told if each.results or not declaring], failures)
    return replace(report, seconds=time.perf_counter() - started)


def _told_of_each(found: Sequence[Input], limits: Limits) -> list[Told]:
    """What is told of documents; those of which nothing has changed are not read again."""
    store = Store.of(limits.folder)
    told = [kept_document(store, each, limits) for each in found]
    opened = [Opened(each) for each, known in zip(found, told, strict=True) if known is None]
    fresh = [_told(each) for each in checked([each.given for each in opened], limits)] if opened else []
    for before, now in zip(opened, fresh, strict=True):
        keep_document(store, before, now, limits)
    following = iter(fresh)
    return [next(following) if known is None else known for known in told]


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
    return replace(_report([_told(each) for each in done], failures), seconds=sum(each.seconds for each in done))


def _told(each: Checked) -> Told:
    """What is told of a document that was checked."""
    document, count = each.document, each.document.statistics
    derivation = document.derivation
    counts = {
        "declaration_lines": count.declarations,
        "inferred": len(document.notes),
        "steps": count.steps,
        "sides": count.sides,
        "unread": count.unread,
    }
    return Told(derivation.name, derivation.title, document.sources[0].file, each.results, document.notes, counts)


def _report(told: Sequence[Told], failures: Sequence[str]) -> Report:
    results = tuple(result for each in told for result in each.results)
    if told and not results and not failures:
        failures = [_nothing_in(each.file for each in told)]
    titles = {each.name: each.title for each in told}
    notes = tuple(note for each in told for note in each.notes)
    counts = ("declaration_lines", "inferred", "steps", "sides", "unread")
    statistics = {"documents": len(told), **{name: sum(each.statistics[name] for each in told) for name in counts}}
    return as_far_as_judged(Report(results, titles, tuple(failures), 0.0, notes, statistics))


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
    from derive.read.documents.text.files import inputs

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
    from derive.read.documents.text.files import inputs
    from derive.suggest import suggested

    found, failures = inputs(paths)
    shown: list[Suggested] = []
    for each in found:
        answer = suggested(each)
        counts = ((side.stated, side.unread) for side in (answer.before, answer.after))
        shown.append(Suggested(each.source.file, each.latex, answer.lines, answer.others, *counts))
    if shown and not failures and not any(sum(each.before) + sum(each.after) for each in shown):
        return [], [_nothing_in(each.file for each in shown)]
    return shown, failures


def _nothing_in(files: Iterable[str]) -> str:
    return f"nothing to check in {', '.join(dict.fromkeys(files))}: expected a formula with a relation, such as $a = b$"


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


# -- questions ---------------------------------------------------------------------------------------------------------
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


__all__ = [
    "Checked",
    "Explained",
    "Limits",
    "UnknownName",
    "UnusableProof",
    "ask",
    "at_place",
    "check",
    "check_documents",
    "checked",
    "explain_line",
    "introduction",
    "judged",
    "load",
    "names",
    "proofs_folder",
    "report_of",
    "stated",
    "suggest_declarations",
    "verify",
]
