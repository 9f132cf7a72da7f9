"""What a new problem takes over: what the author declared, and names that it uses without introducing them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import direct
from derive.language.terms import Rel, Term
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import making_room
from derive.read.documents.definitions.forgetting import letters_in, without, without_names
from derive.read.documents.reading import spelled_anew, standing, waiting
from derive.read.documents.reading.respacing import gives_another_space
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.problems import Problem
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared import conventions, losses
from derive.read.documents.undeclared.jointly_random import without_chance
from derive.read.documents.words.introduced import (
    ANEW_HERE,
    ANEW_WHOLLY,
    Said,
    Scan,
    Walk,
    behind,
    known_names,
    scan,
    underlying,
)
from derive.read.errors import DeclarationError


def begin(reading: Reading, number: int, problem: Problem) -> None:
    """A new problem: names that it introduces have no meaning of before, and nothing of before is assumed of them."""
    waiting.retry(reading, last=True, end=True)
    pieces = reading.document.pieces[number : problem.stop]
    if problem.stated:
        standing.keep_what_stands(reading)
    if problem.turns:
        _turn(reading, pieces)
    found = scan(pieces, reading.context, problem.stated)
    authored, first = reading.document.authored, reading.document.first_problem
    introduced = frozenset(
        name for name in found.introduced if name not in authored or (name in found.firmly and authored[name] >= first)
    )
    whole = reading.document.pieces
    otherwise = spelled_anew.names(whole[:first], whole[first:number], pieces, reading.context) - authored.keys()
    introduced |= frozenset(each for each in otherwise if underlying(each, reading.context) <= {each})
    gone, needed = _given_up(reading, found, introduced)
    gone |= frozenset(name for name in found.counted & reading.context.symbols.keys() if name not in authored)
    forget(reading, gone | needed)
    for name in (gone | needed) & reading.used.keys():
        del reading.used[name]
    reading.context = _without(reading.context, gone)
    reading.context = without_chance(reading.context, reading.document.pieces[number:])
    alike = {name for name in needed if found.axes.get(name, ANEW_WHOLLY) != ANEW_WHOLLY}
    reading.context = _plain(reading.context, frozenset(alike))
    if problem.stated:
        kept = reading.document.standing or Context()
        for size in sorted(found.sizes - kept.sizes.keys()):
            reading.context = without(reading.context, size)
        used = _reached(found.used, reading.context)
        reading.context = standing.as_it_stands(reading, introduced | gone, used).with_option("total", ())
        _words_of(reading, number, problem.stop)


def _turn(reading: Reading, pieces: Sequence[Found]) -> None:
    """Another distribution than before: what its text gives again by equations has no meaning of before, but for what
    the author has declared of it."""
    heads = {name for node in conventions.formulas(pieces, reading.context) for name in _given(node)}
    context = reading.context
    names = frozenset(each for name in heads & known_names(context) for each in underlying(name, context))
    forget(reading, names)
    for name in names & reading.used.keys():
        del reading.used[name]
    authored = {name for name in names & reading.document.authored.keys() if name in reading.context.symbols}
    free = {name: replace(reading.context.symbols[name], definition=None) for name in sorted(authored)}
    reading.context = replace(reading.context, symbols=MappingProxyType({**reading.context.symbols, **free}))
    reading.context = _without(reading.context, names - authored - reading.document.authored.keys())


def _given(node: s.Node) -> tuple[str, ...]:
    """What an equation gives first: ``T`` in ``T(y) = y``, with and without its arguments."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return ()
    match node.first:
        case s.Name() | s.Script():
            return (s.key(node.first),)
        case s.Juxt(parts=(s.Name() | s.Script() as head, s.Group(bracket="(") as group)):
            return s.key(head), f"{s.key(head)}{s.key(group)}"
    return ()


def _given_up(reading: Reading, found: Scan, introduced: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The quantities and functions to be forgotten, and those which stay because something that is used without being
    introduced, or that the author declares, is defined through them: of these only what is assumed is forgotten."""
    context, whole = reading.context, reading.document
    top = {name for name, at in whole.authored.items() if at < whole.first_problem}
    kept = {each for name in found.used | top for each in underlying(name, context)}
    gone: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    own = {each for name in introduced for each in underlying(name, context)}
    for name in sorted(introduced):
        names = underlying(name, context)
        left = without_names(context, names)
        lost = {*context.symbols, *context.functions} - {*left.symbols, *left.functions} - own
        if lost & kept or _is_alike(context.symbols.get(name), found.axes.get(name, ANEW_WHOLLY)):
            needed |= names
        else:
            gone |= names
    return gone, needed


def _without(context: Context, names: frozenset[str], functions_stay: bool = False) -> Context:
    """The context without these names, and without what has been noted of how they are written."""
    for mark in ("whole", "superscript", "implied", "elementwise_functions"):
        marked = context.options.get(mark)
        if isinstance(marked, tuple) and names & {*marked}:
            context = context.with_option(mark, tuple(name for name in marked if name not in names))
    return without_names(context, names, functions_stay)


def _is_alike(decl: SymbolDecl | None, axes: int | None) -> bool:
    """Whether a quantity of so many axes, of which nothing else is said, has the shape of the one of this name."""
    return decl is not None and not decl.family and (axes is None or len(decl.shape) == axes)


def _plain(context: Context, names: frozenset[str]) -> Context:
    """The context in which of these quantities only the shape is known."""
    bare = {
        name: SymbolDecl(name, decl.family, decl.family_names, decl.shape)
        for name, decl in context.symbols.items()
        if name in names
    }
    return replace(context, symbols=MappingProxyType({**context.symbols, **bare}))


def introduce(reading: Reading, text: str, words: str, after: str, cue: Cue) -> bool:
    """``Let $u \\in \\mathbb{R}^d$`` of a u that has a meaning: from here on it has a new one, and nothing that was
    assumed of it holds. What is defined through it stays if its shape does. Whether that declares all of ``text``."""
    anew = ANEW_HERE.search(words) is not None or gives_another_space(reading, text, words)
    further = not anew  # Let $a > 0$ and $x > 0$
    if further and not reading.words.introduces:
        return False
    context = reading.context
    walk = Walk(context, known_names(context))
    whole = behind(reading.document.pieces, reading.number)
    said = Said(words, whole if whole.startswith(after) else after, cue, True, True)
    subjects = {name: axes for name, axes in walk.subjects(text, said).items() if name in walk.known}
    subjects = {name: axes for name, axes in subjects.items() if name not in reading.document.authored}
    if {name.strip() for name in text.split(",")} <= reading.section.averaged:
        return False  # Let $X$ and $Y$ be random, as this section takes them to be
    if further:
        subjects = {name: axes for name, axes in subjects.items() if not stands_in(name, reading.words.introduced)}
    if not subjects:
        return False
    names = frozenset(each for name in subjects for each in underlying(name, context))
    forget(reading, names)
    context = reading.context
    if all(axes != ANEW_WHOLLY and _is_alike(context.symbols.get(name), axes) for name, axes in subjects.items()):
        reading.context = _plain(context, names)
        return False
    fresh = _without(context, names, functions_stay=True)
    try:
        if "\\sim" in text:
            raise DeclarationError("a distribution", text)
        fresh = making_room.settled(fresh, declare(text, making_room.with_room(text, fresh)))
    except DeclarationError:
        reading.context = fresh
        return False
    same = all(_same_shape(fresh.symbols.get(name), context.symbols.get(name)) for name in subjects)
    new = {name: decl for name, decl in fresh.symbols.items() if name in subjects or name not in context.symbols}
    reading.context = (
        replace(context, symbols=MappingProxyType({**context.symbols, **new}), sizes=fresh.sizes) if same else fresh
    )
    return True


def stands_in(name: str, text: str) -> bool:
    """Whether a name may stand in a text."""
    return bool(re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text))


def _same_shape(new: SymbolDecl | None, old: SymbolDecl | None) -> bool:
    if new is None or old is None or old.definition is not None or old.depends is not None:
        return False
    return (new.shape, new.family) == (old.shape, old.family)


def _reached(names: Set[str], context: Context) -> frozenset[str]:
    """The quantities and functions that are written with these names, and all they are defined through."""
    found: set[str] = set()
    todo = [each for name in sorted(names) for each in underlying(name, context)]
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            function = context.functions.get(here)
            body = () if function is None or function.body is None else sorted(letters_in(function.body))
            todo += [
                each for each in (*direct(context, here), *body) if each in context.symbols or each in context.functions
            ]
    return frozenset(found)


def _words_of(reading: Reading, number: int, stop: int) -> None:
    """What formulas and words show of names that nothing declares is sought in this problem, and before the first."""
    whole = reading.document
    pieces = (*whole.pieces[: whole.first_problem], *whole.pieces[number:stop])
    whole.formulas = tuple(
        spaced(found.math.text) for found in pieces if found.math is not None and found.kind != "declaration"
    )
    whole.bare, whole.losses = conventions.bare_names(pieces), losses.called_losses(pieces)
    whole.said, whole.squares, whole.matrix, whole.member = dict(whole.said_before), [], "", None


# -- what was said of a name -------------------------------------------------------------------------------------------
def forget(reading: Reading, names: frozenset[str]) -> None:
    """Nothing that has been assumed, solved or held fixed so far speaks of these names, which mean something else now;
    but what the author has declared of them still does."""
    if not names:
        return
    section, declared = reading.section, reading.document.declared_facts
    facts = (fact for fact in reading.context.facts if fact in declared or not letters_in(fact.statement) & names)
    reading.context = replace(reading.context, facts=tuple(facts))
    reading.passage = reading.passage.without(names)
    section.given, section.constrained = _free_of(section.given, names), _free_of(section.constrained, names)
    reading.supposed = _free_of(reading.supposed, names)
    reading.document.given_first = _free_of(reading.document.given_first, names)
    section.gradients = [each for each in section.gradients if not _speak_of((*each[1].first, *each[1].last), names)]
    if reading.tail is not None and _speak_of((*reading.tail.first, *reading.tail.last), names):
        reading.tail = None
    reading.announced = tuple(
        each for each in reading.announced if not _speak_of((*each.objectives, *each.variables), names)
    )
    for kept in (section.fixed, section.met, section.unknown, section.for_section):
        for name in names & kept.keys():
            del kept[name]


def _free_of(relations: Sequence[Rel], names: frozenset[str]) -> tuple[Rel, ...]:
    return tuple(relation for relation in relations if not letters_in(relation) & names)


def _speak_of(terms: Sequence[Term], names: frozenset[str]) -> bool:
    return any(letters_in(term) & names for term in terms)
