"""What a formula in running text lays down: declarations, rows of matrices, restrictions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.language.context import Context
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import all_values, making_room, matrices, own_parameters
from derive.read.documents.definitions.called import NUMBERS, called
from derive.read.documents.definitions.defining import (
    Defined,
    bound,
    is_free,
    is_undeclared,
    nonzero,
    primitive,
    probability,
)
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.randomness import called_estimator, called_random
from derive.read.documents.definitions.sampling import INDEPENDENT, data
from derive.read.documents.definitions.taking import for_all
from derive.read.documents.reading import naming, quantified, redefining, renewing, sections, supposing
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps import chains
from derive.read.documents.steps.chains import Segment, Told
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import CALLED, CONCLUDES, ONLY_IF, SCALAR, Cue, numbers_said
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import Chain, chains_of, one_line
from derive.read.documents.undeclared import conventions
from derive.read.documents.undeclared.called_families import counted_over
from derive.read.documents.undeclared.diagonals import entry_on_diagonal
from derive.read.documents.undeclared.drawn_for_labels import drawn_for_label
from derive.read.documents.undeclared.drawn_given import drawn_given
from derive.read.documents.undeclared.entries import bounded_entry
from derive.read.documents.undeclared.evidence import Evidence
from derive.read.documents.undeclared.mappings import mapped
from derive.read.documents.undeclared.members import counts_otherwise, listed_families
from derive.read.documents.words import label_probabilities, narrowing, probabilities, weights
from derive.read.documents.words.densities_said import densities_said
from derive.read.documents.words.described import described
from derive.read.documents.words.dimensions_said import dimensions_said
from derive.read.documents.words.eigenvalues_said import eigenvalues_said
from derive.read.documents.words.gaussian_said import gaussian_said
from derive.read.documents.words.given_moments import given_moments
from derive.read.documents.words.independent_members import said_of_several
from derive.read.documents.words.introduced import LET
from derive.read.documents.words.moments_said import said_by_clauses
from derive.read.documents.words.ordered import in_order, on_diagonal
from derive.read.documents.words.predicates import UNDER
from derive.read.documents.words.properties import (
    is_named_covariance,
    said_after,
    said_before,
    with_entries,
    with_properties,
)
from derive.read.documents.words.redeclaring import is_as_declared, redeclared, without
from derive.read.documents.words.samples_said import distribution_of_drawn, said_ahead, said_of_random
from derive.read.documents.words.stochastic import stochastic
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import items_of, option, parts_of
from derive.read.parser import parse
from derive.read.spaces import is_space
from derive.read.targets import add_option, items_at


def _put_drawn_in_space(reading: Reading, found: Found) -> None:
    """``$z \\sim p$ in $\\mathbb{R}^d$`` of a z that nothing else declares."""
    for name, size in dimensions_said(reading.document.pieces[reading.number : reading.number + 4]):
        if name in reading.context.symbols or size in reading.context.symbols or size in reading.context.indices:
            continue
        text = f"{name} \\in \\mathbb{{R}}^{{{size}}}"
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            continue
        reading.note(found.place, text)


def note_distribution(reading: Reading, found: Found, chain: Chain, math: Expanded) -> bool:
    """``$z \\sim p$`` states the distribution of z: expectations of it are taken under p from there on."""
    _put_drawn_in_space(reading, found)
    given = re.search(r"\\mid(?![A-Za-z])|\|[^|]*\\sim", math.text)  # y | x, w \\sim …: cut at the comma
    said = f"{reading.words.sentence} {math.text} {reading.words.after[:80]}"
    independent = INDEPENDENT.search(said) is not None and re.search(r"(?i)\bnot\s+independent", said) is None
    done = None if reading.skip or given else conventions.distributed(chain.node, reading.context, independent)
    if done is None:
        return not reading.skip and bool(given) and _drawn_given(reading, found, math)
    reading.context = done.context
    reading.note(found.place, done.text)
    if independent and isinstance(chain.node, s.Relation):
        reading.context = add_option(reading.context, "independent", (s.key(chain.node.first),))
    later, reading.document.drawn_later = reading.document.drawn_later, []
    for each in later:
        _drawn_given(reading, *each)
    return True


def _drawn_given(reading: Reading, found: Found, math: Expanded) -> bool:
    """``x | z \\sim \\mathcal{N}(\\mu + \\Lambda z, \\Psi)`` of a z that has been drawn, or ``x | z = k \\sim …``."""
    texts = (piece.math.text for piece in reading.document.pieces if piece.math is not None)
    done = drawn_for_label(math.text, reading.context) or drawn_given(math.text, reading.context, texts)
    if done is None:
        reading.document.drawn_later.append((found, math))
        return False
    reading.context = done.context
    reading.note(found.place, done.text)
    return True


def note_properties(reading: Reading, found: Found, math: Expanded, words: str, cue: Cue, declares: bool) -> None:
    """``symmetric positive definite``, said of a matrix right before or right after it is named."""
    name = _named(math, reading.context)
    if not name and declares:
        name = next(reversed(tuple(reading.context.symbols)), "")
    it_is = not name and IT_IS.match(reading.words.after) is not None and not ONLY_IF.search(words)
    if it_is:
        name = _matrix_of(math, reading.context)
    only_here = (cue is Cue.condition and ONLY_IF.search(words)) or UNDER.search(reading.words.sentence)
    if only_here and supposing.suppose_properties(reading, name, words, found.place):
        return
    if cue is Cue.condition and not declares and supposing.suppose_kind(reading, name, words, found.place):
        return
    quantifies = it_is or (declares and (FOR_ANY.search(words) or _FOR_KIND.search(words)) is not None)
    if (cue is Cue.condition and not quantifies) or name not in reading.context.symbols:
        return
    reading.document.squares = [*(each for each in reading.document.squares if each != name), name]
    says = declares or it_is or cue is Cue.assumption
    after, how = said_after(_words_behind(reading)) if says else ("", "")
    both = how == "both" or (how == "and" and re.fullmatch(r"\s*,?\s*and\s*", words) is not None)
    here = _listed(math, reading.context) or [name]
    names = reading.document.squares[-2:] if both else reading.document.squares if how == "all" else here
    reading.context, texts = with_properties(list(dict.fromkeys((*names, *here))), after, reading.context)
    spread = declares and naming.is_a_spread(name, naming.texts_here(reading))
    before = "symmetric psd" if spread or is_named_covariance(reading.words.sentence) else said_before(words)
    reading.context, more = with_properties(here, before, reading.context)
    if declares:
        reading.context, signs = with_entries(name, reading.words.after, reading.context)
        more += signs
    moves = stochastic(name, naming.pieces_here(reading), reading.context)
    if moves is not None:
        reading.context, more = moves.context, [*more, moves.text]
    for text in (*texts, *more):
        reading.note(found.place, text)


def _words_behind(reading: Reading) -> str:
    """The words right behind a formula; where they only say what else it is, ``be the second moments
    $\\mathbb{E}[z z^T]$, symmetric``, those behind that."""
    pieces, number = reading.document.pieces, reading.number
    following = pieces[number + 2 : number + 4]
    if len(following) < 2 or following[0].kind != "inline" or following[1].kind != "prose":
        return reading.words.after
    said = _IS_ALSO.fullmatch(reading.words.after) is not None and following[1].text.lstrip().startswith(",")
    return following[1].text if said else reading.words.after


_IS_ALSO = re.compile(
    r"(?i)\s*(?:be|denotes?|is)\s+(?:the|an?|our)\s+[a-z\s-]+(?<!\bof)(?<!\bto)(?<!\bby)(?<!\bin)(?<!\bfor)(?<!\bwith)\s"
)


def _listed(math: Expanded, context: Context) -> list[str]:
    """The square matrices that one formula puts into their space: ``$A, B \\in \\mathbb{R}^{n \\times n}$``."""
    try:
        items = items_at(one_line(math.text).rstrip(" .,;"), 0)
    except ReadError:
        return []
    heads = [s.key(item.first if isinstance(item, s.Relation) else item) for item in items]
    decls = [context.symbols[head] for head in heads if head in context.symbols]
    square = all(len(decl.shape) == 2 and decl.shape[0] == decl.shape[1] and not decl.family for decl in decls)
    return heads if len(decls) == len(heads) > 1 and square else []


def take_sample_ahead(reading: Reading, found: Found) -> None:
    """What the sentence says, behind this formula, of a sample that it is made of."""
    here = (reading.document.pieces, reading.number, reading.context)
    drawn = said_ahead(*here)
    if drawn is not None:
        reading.context = drawn.context
        reading.note(found.place, drawn.text)
    elif "=" in found.text:
        _give_by_clauses(reading, found)


def note_weights(reading: Reading, found: Found, math: Expanded, words: str) -> None:
    """``with mixing weights $\\pi_k$``, ``Let $p$ be a probability vector`` of declared numbers: they sum to one."""
    pieces, number = reading.document.pieces, reading.number
    said = probabilities.said_of(pieces, number) + label_probabilities.said_of(pieces, number)
    said = () if reading.words.doubted else said
    reading.section.distributions.update(dict.fromkeys(said))
    settle_distributions(reading, found, said)
    told = None if reading.words.doubted else _total_told(math, words, reading.context)
    if told is not None:
        reading.context = told.context
        reading.note(found.place, told.text)


def settle_distributions(reading: Reading, found: Found, said: Sequence[str] = ()) -> None:
    """What words have called probabilities adds up to one once it is known what it is."""
    for name in [*reading.section.distributions]:
        called = probabilities.as_probabilities(name, reading.context)
        if called is not None or (name in said and name in reading.context.symbols):
            del reading.section.distributions[name]
        if called is not None:
            reading.context = called.context
            reading.note(found.place, called.text)


def _total_told(math: Expanded, words: str, context: Context) -> Defined | None:
    """What the words right before the name of some numbers say of their sum."""
    of_weights, of_probabilities = weights.said_of(words), probabilities.said_beside(words)
    if not of_weights and not of_probabilities:
        return None
    try:
        node = parse(one_line(math.text).rstrip(" .,;"))
    except ReadError:
        return None
    parts = parts_of(node.first if isinstance(node, s.Relation) and node.rest[0][0] == "in" else node)
    if parts is None:
        return None
    if of_probabilities and probabilities.beside_a_distribution(parts[0], context):
        return probabilities.as_probabilities(parts[0], context)
    return weights.with_total(parts[0], context) if of_weights and parts[1] is not None else None


IT_IS = re.compile(r"\s*[.;,]?\s*(?:[Ii]t|[Tt]his\s+matrix|[Ww]hich)\s+is\b")
_FOR_KIND = re.compile(
    r"(?i)\bfor\s+(?:(?:real|square|symmetric|positive|semi-?definite|definite|invertible|orthogonal)[,\s]+)+\Z"
)
"""``For symmetric positive definite $A \\in \\mathbb{R}^{n \\times n}$``."""
FOR_ANY = re.compile(r"(?i)\bfor\s+(?:any|every|all|each|an?|some)\s+(?:[a-z-]+\s+){0,5}\Z")


def _matrix_of(math: Expanded, context: Context) -> str:
    """The matrix of which a formula gives the entries: ``K_{ij} = k(x_i, x_j)``."""
    try:
        node = parse(one_line(math.text).rstrip(" .,;"))
    except ReadError:
        return ""
    parts = parts_of(node.first) if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") else None
    if parts is None or len(items_of(parts[1])) != 2 or parts[0] not in context.symbols:
        return ""
    return parts[0] if len(context.symbols[parts[0]].shape) == 2 else ""


def _named(math: Expanded, context: Context) -> str:
    """The quantity that a formula is, or says to be in a space."""
    try:
        node = parse(one_line(math.text).rstrip(" .,;"))
    except ReadError:
        return ""
    if isinstance(node, s.Relation) and node.rest[0][0] == "in":
        node = node.first
    return s.key(node) if s.key(node) in context.symbols else ""


def lay_down(reading: Reading, found: Found, math: Expanded, words: str, cue: Cue) -> bool:
    """Whether a formula in running text declares something; then it is declared."""
    text = one_line(math.text).rstrip(" .,;")
    declares = _lay_down(reading, found, text, words, cue)
    if declares and r"\in" in text:
        _drawn_in_words(reading, found)
    _fill_diagonal(reading, found, text)
    return declares


def _drawn_from(reading: Reading, found: Found) -> bool:
    """``the $x_n$ are drawn independently from $p$``, as ``$x_n \\sim p$``."""
    text = distribution_of_drawn(reading.document.pieces, reading.number, reading.context)
    return _is_drawn_so(reading, found, text) if text else _drawn_in_words(reading, found)


def _drawn_in_words(reading: Reading, found: Found) -> bool:
    """``$z$ is Gaussian with mean $m$ and variance $v$``, as ``$z \\sim \\mathcal{N}(m, v)$``."""
    text = gaussian_said(reading.document.pieces, reading.number, reading.context)
    if reading.words.doubted or not text or found.math is None:
        return False
    space = one_line(found.math.text).rstrip(" .,;")
    if r"\in" in space and text.split(r" \sim")[0] not in reading.context.symbols:
        reading.context = declare(space, reading.context)
        reading.note(found.place, space)
    return _is_drawn_so(reading, found, text)


def _is_drawn_so(reading: Reading, found: Found, text: str) -> bool:
    if not text or found.math is None:
        return False
    math = replace(found.math, text=text)
    return any(note_distribution(reading, found, chain, math) for chain in chains_of(text, reading.context))


def _give_by_clauses(reading: Reading, found: Found) -> bool:
    """Numbers that their sentence calls independent, with the moments of each."""
    if reading.words.doubted:
        return False
    earlier = reading.section.earlier - reading.document.authored.keys()
    drawn = said_by_clauses(reading.document.pieces, reading.number, reading.context, earlier)
    if drawn is None:
        return False
    reading.context = drawn.context
    reading.words.conditions |= {*drawn.further}
    reading.note(found.place, drawn.text)
    return True


def _lay_down(reading: Reading, found: Found, text: str, words: str, cue: Cue) -> bool:
    if _give_moments(reading, found):
        return True
    if _give_by_clauses(reading, found):
        return True
    if _give_eigenvalues(reading, found, text):
        return True
    over = counted_over(text, naming.section_nodes(reading), reading.context)
    if over is not None:
        reading.context = over.context
        reading.note(found.place, over.text)
        return True
    ordered = None if CONCLUDES.search(words) else in_order(text, reading.context)
    if ordered is not None:
        reading.context = ordered.context
        reading.note(found.place, ordered.text)
        return True
    function = mapped(text, reading.context, reading.document.elementwise)
    if function is not None:
        reading.context = function.context
        reading.note(found.place, function.text)
        return True
    if _one_of_them(reading, found, text, words):
        return True
    if renewing.introduce(reading, text, words, reading.words.after, cue):
        reading.note(found.place, text)
        redefining.gather(reading, reading.context, found.place)
        _see_matrix(reading, reading.context)
        return True
    if _put_in_space(reading, found, text, words, cue):
        return True
    if _drawn_from(reading, found):
        return True
    earlier = reading.section.earlier - reading.document.authored.keys()
    texts = naming.section_texts(reading)
    unknown = densities_said(reading.document.pieces, reading.number, reading.context, earlier, texts)
    if unknown is not None:
        redefining.redefine(reading, unknown.context)
        reading.note(found.place, unknown.text)
        return True
    here = (reading.document.pieces, reading.number, reading.context)
    drawn = said_of_random(*here) or said_of_several(*here)
    if drawn is not None:
        reading.context = drawn.context
        reading.words.conditions |= {*drawn.further}
        reading.note(found.place, drawn.text)
        return True
    entry = matrices.entry_of_capital(text, reading.context) if _ENTRIES.search(words) else None
    if entry is not None:
        reading.context = entry.context
        reading.note(found.place, entry.text)
        return True
    said = called(text, words, reading.words.after, reading.context)
    if said is not None:
        reading.context = said.context
        reading.note(found.place, said.text)
        return True
    start, stop = reading.section.extent
    section = " ".join(piece.text for piece in reading.document.pieces[start:stop] if piece.kind == "prose")
    texts = naming.section_texts(reading)
    random = called_random(text, words, reading.words.after, section, reading.context) or called_estimator(
        text, words, reading.words.after, texts, reading.context
    )
    if random is not None:
        reading.context = random.context
        reading.document.called_random.add(text)
        reading.note(found.place, random.text)
        return True
    everywhere = for_all(text, reading.context)
    if everywhere is not None:
        _infer_family(reading, found, everywhere)
        return True
    lines = conventions.lines_of(reading.document.pieces, reading.number, reading.context)
    if lines is not None:
        reading.context = lines.context
        reading.note(found.place, lines.text)
        return True
    members = data(text, reading.context)
    if members:
        _infer_family(reading, found, members)
        return True
    base = re.match(r"\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?", text)
    name = base.group() if base is not None else ""
    anew = reading.context  # x_1, …, x_N of this section has nothing to do with an x of an earlier one
    if name in reading.section.earlier and name in reading.context.symbols:
        anew = without(reading.context, frozenset({name}))
    numbers = numbers_said(words, reading.words.after) or ("\\in \\mathbb{R}" if NUMBERS.search(words) else "")
    listed = listed_families(text, anew, numbers)
    if listed is not None:
        gone = frozenset({name}) & {*option(anew, "random")}  # X_1, …, X_n are others than the X that is known
        before = reading.context = without_names(anew, gone)
        _infer_family(reading, found, listed)
        _see_member(reading, name)
        redefining.gather(reading, before, found.place)
        return True
    if (
        counts_otherwise(text, reading.context)
        and name not in reading.document.authored
        and anew is not reading.context
    ):
        reading.context = anew  # what they are is for the formulas of this section to say
        return True
    try:
        items = items_at(text, 0)
    except ReadError:
        return False
    if SCALAR.search(words) and all(isinstance(item, s.Name | s.Script) for item in items):
        known = {*reading.context.sizes}
        if any(not is_undeclared(item, reading.context) or s.key(item) in known for item in items):
            return False
        reading.context = declare(f"{text} \\in \\mathbb{{R}}", reading.context)
        reading.note(found.place, f"{text} \\in \\mathbb{{R}}")
        return True
    concluded = CONCLUDES.search(words) or spaced(text) in reading.document.concluded
    if concluded and _speak_of_known(items, reading.context):
        return False  # then $A_{ij} \\ge 0$ claims it of entries of A
    sections.free_indices(reading, text)
    context = making_room.with_sizes_for(items, reading.context)
    evidence = Evidence(reading.document.formulas, section=naming.section_nodes(reading))
    entry = entry_on_diagonal(items, naming.section_nodes(reading), context) or bounded_entry(items, context, evidence)
    if entry is not None:
        reading.context = entry.context
        reading.note(found.place, entry.text)
        return True
    done = bound(items, text, context) or probability(items, context) or nonzero(items, context)
    if done is not None:
        before, reading.context = reading.context, making_room.settled(reading.context, done.context)
        reading.note(found.place, done.text)
        redefining.gather(reading, before, found.place)
        _see_matrix(reading, done.context)
        _note_values(reading, found, items)
        return True
    if cue is not Cue.condition and not concluded and _bounds_a_guess(reading, found, items, text):
        return True
    if cue is Cue.condition and is_as_declared(items, text, context):
        return True
    again = (
        None
        if cue is Cue.condition
        else redeclared(items, text, context, cue is Cue.assumption, reading.section.earlier)
    )
    if again is not None and quantified.narrow(reading, found.place, again):
        return True
    if again is not None:
        redefining.redefine(reading, again.context)
        if again.text:
            reading.note(found.place, again.text)
        return True
    return _least_size(reading, found, items)


def _bounds_a_guess(reading: Reading, found: Found, items: Sequence[s.Node], text: str) -> bool:
    """``Here $\\epsilon > 0$ is a small constant``, of an ε that formulas above had, of which nobody has said anything:
    it could never follow, and says what ε is."""
    names: list[str] = []
    for item in items:
        if not isinstance(item, s.Relation) or any(op not in ("<", "<=", ">", ">=") for op, _ in item.rest):
            return False
        sides = [item.first, *(side for _, side in item.rest)]
        bounded = [side for side in sides if not isinstance(side, s.Number)]
        if len(bounded) != 1 or len(sides) > 3:
            return False
        names.append(s.key(bounded[0]))
    if not names:
        return False
    for name in names:
        decl = reading.context.symbols.get(name)
        if (
            decl is None
            or name not in reading.guessed
            or name in reading.document.authored
            or decl.shape
            or decl.family
        ):
            return False
        if not is_free(Sym(name), reading.context):
            return False
    try:
        reading.context = declare(text, reading.context)
    except DeclarationError:
        return False
    reading.note(found.place, text)
    return True


_ENTRIES = re.compile(r"(?i)\b(?:entries|elements|weights|coefficients)(?:\s+are)?\s*\Z")
"""Words right before how the entries of a matrix are written."""


def _fill_diagonal(reading: Reading, found: Found, text: str) -> None:
    """What the words say of a diagonal matrix before the numbers on it."""
    diagonal = on_diagonal(text, reading.words.sentence, reading.words.numbered, reading.context)
    if diagonal is not None:
        reading.context = diagonal.context
        reading.note(found.place, diagonal.text)


def _speak_of_known(items: Sequence[s.Node], context: Context) -> bool:
    """Whether every name here is one of entries or members of what is declared."""
    heads = [item.first if isinstance(item, s.Relation) else item for item in items]
    parts = [parts_of(head) for head in heads]
    return all(part is not None and part[1] is not None and part[0] in context.symbols for part in parts)


_ONE = re.compile(
    r"(?i)\b(?:one|a\s+single|any\s+single|each\s+single|single|one\s+more|a\s+new)\s+(?:observation|data\s*point|sample|example|"
    r"count|value|label|target|input|response)\s*(?:with|where)?\s*\Z"
)


def _one_of_them(reading: Reading, found: Found, text: str, words: str) -> bool:
    """``for one observation with $y > 0$``, beside the numbers y_i: y is one number, of which this is said."""
    try:
        items = items_at(text, 0)
    except ReadError:
        return False
    match items:
        case (s.Relation(first=s.Name(text=name), rest=((">" | ">=" | "<" | "<=" as op, s.Number(text=number)),)),):
            done = own_parameters.one_more(name, f"{chains.SIGNS.get(op, op)} {number}", reading.context)
        case _:
            return False
    if done is None or not _ONE.search(words) or name in reading.document.authored:
        return False
    reading.context = done
    reading.note(found.place, text)
    return True


def _note_values(reading: Reading, found: Found, items: Sequence[s.Node]) -> None:
    """``A_{jk} = P(z = k | y = j)``: the probabilities of all values of z, where that is what k runs over."""
    whole = all_values.summing(items, reading.context)
    if whole is not None:
        reading.context = whole.context
        reading.note(found.place, whole.text)
        return
    unsaid = all_values.unsaid(items, reading.context)
    if unsaid is not None:
        reading.document.values_of[unsaid[0].name] = unsaid


def _give_moments(reading: Reading, found: Found) -> bool:
    """Whether the words call this quantity random and give its mean or covariance; then it is that from here on."""
    pieces, section = reading.document.pieces, reading.section
    done = given_moments(pieces, reading.number, reading.context, section.earlier)
    if done is None:
        return False
    new = {name for name, decl in done.context.symbols.items() if reading.context.symbols.get(name) is not decl}
    renewing.forget(reading, frozenset(new & reading.context.symbols.keys()))
    facts = tuple(fact for fact in done.context.facts if fact not in reading.context.facts)
    kept = tuple(fact for fact in reading.context.facts if fact in done.context.facts)
    reading.context = replace(done.context, facts=(*kept, *facts))
    reading.note(found.place, done.text)
    return True


def _give_eigenvalues(reading: Reading, found: Found, text: str) -> bool:
    """Whether the words call the numbers of this formula the eigenvalues of a symmetric matrix; then they are that."""
    pieces, at = reading.document.pieces, reading.number
    following = next(
        (each for each in pieces[at + 1 : at + 3] if each.math is not None and each.kind == "inline"), None
    )
    behind = one_line(following.math.text) if following is not None and following.math is not None else ""
    words = pieces[at + 1].text if at + 1 < len(pieces) and pieces[at + 1].kind == "prose" else ""
    done = eigenvalues_said(
        text,
        reading.words.sentence,
        words,
        behind,
        reading.words.numbered,
        naming.section_texts(reading),
        reading.context,
    )
    if done is None:
        return False
    reading.context = done.context
    reading.note(found.place, done.text)
    return True


_IN = re.compile(r"(?i)^\s*(?:be|is|are)\s+(?P<kind>(?:[A-Za-z-]+\s+){1,6}?)in\s*\Z")


def _put_in_space(reading: Reading, found: Found, text: str, words: str, cue: Cue) -> bool:
    """``Let $W$ be a symmetric matrix in $\\mathbb{R}^{n \\times n}$``: the space after the words is that of the name
    before them."""
    said, before = _IN.match(words), reading.document.pieces[max(0, reading.number - 3) : reading.number - 1]
    if said is None or len(before) != 2 or before[1].kind != "inline" or before[1].math is None:
        return False
    try:
        names = items_at(one_line(before[1].math.text).rstrip(" .,;"), 0)
        space = parse(text)
    except ReadError:
        return False
    if not is_space(space) or not LET.search(before[0].text) or any(parts_of(name) is None for name in names):
        return False
    spelled = ", ".join(s.key(name) for name in names)
    if all(s.key(name) in option(reading.context, "random") for name in names):
        return False  # what these words say has been taken down where the name stands
    if not renewing.introduce(reading, f"{spelled} \\in {text}", "Let ", "", cue):
        if not all(is_undeclared(name, reading.context) for name in names):
            return False
        try:
            reading.context = declare(f"{spelled} \\in {text}", making_room.with_room(text, reading.context))
        except DeclarationError:
            return False
    reading.note(found.place, f"{spelled} \\in {text}")
    reading.context, more = with_properties([s.key(name) for name in names], said_before(said["kind"]), reading.context)
    for each in more:
        reading.note(found.place, each)
    return True


def _see_matrix(reading: Reading, context: Context) -> None:
    """The matrix declared last: what the words after it say of rows and columns is about it."""
    last = next(reversed(tuple(context.symbols)), "")
    if last and len(context.symbols[last].shape) == 2:
        reading.document.matrix = last


def _see_member(reading: Reading, name: str) -> None:
    """The family listed last: what the words after it say of the rows and columns of a matrix is about it."""
    decl = reading.context.symbols.get(name)
    if decl is not None and len(decl.family_names) == 1:
        reading.document.member = parse(f"{name}_{{{decl.family_names[0]}}}")


def note_rows(reading: Reading, found: Found, math: Expanded, words: str) -> None:
    """``the matrix whose rows are $x_i^T$``, ``$x_i$ is row i of $X$``."""
    text = one_line(math.text).rstrip(" .,;")
    try:
        node = matrices.member_listed(text, reading.context) or parse(text)
    except ReadError:
        return
    named = described(reading.document.pieces, reading.number, reading.context)
    if named is not None:
        reading.context = named.context
        reading.note(found.place, named.text)
        _see_matrix(reading, named.context)
    of, are = matrices.ROW_OF.search(words), matrices.ROW_IS.search(words)
    done = None
    matrix = _named(math, reading.context)
    if matrix and len(reading.context.symbols[matrix].shape) == 2 and matrices.ROWS_FOLLOW.match(reading.words.after):
        reading.document.matrix = matrix
    if of and matrix and reading.document.member is not None:
        done = matrices.stacked(reading.document.member, matrix, of["side"].lower(), reading.context)
    elif are and reading.document.matrix:
        done = matrices.stacked(node, reading.document.matrix, are["side"].lower(), reading.context)
    if done is not None:
        reading.context = done.context
        reading.note(found.place, done.text)
    if isinstance(node, s.Script):
        reading.document.member = node


def note_parameter(reading: Reading, found: Found, math: Expanded) -> None:
    """``the mean $\\mu = 1/\\lambda$ as parameter``: a density of λ may be written with μ in its place."""
    if not re.match(r"(?i)\s*(?:as|for)\s+(?:(?:the|our|a|its|new)\s+)*parameter", reading.words.after):
        return
    name = re.match(r"\s*(\\?[A-Za-z]+)\s*(?::?=|\Z)", math.text)
    if name is not None:
        reading.context = add_option(reading.context, "reparametrised", (name[1],))
        reading.note(found.place, f"{name[1]} as parameter: of a density of what {name[1]} is defined by")


def _infer_family(reading: Reading, found: Found, texts: tuple[str, ...]) -> None:
    """``x_1, \\dots, x_N \\in S`` declares the family x_n."""
    for text in texts:
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            return
        reading.note(found.place, text)


def _least_size(reading: Reading, found: Found, items: Sequence[s.Node]) -> bool:
    """``K \\ge 2`` about a size."""
    match items:
        case (s.Relation(first=s.Name(text=name), rest=((">=" | ">" as op, s.Number(text=least)),)),) if (
            name in reading.context.sizes and least.isdigit()
        ):
            reading.context = reading.context.with_size(name, int(least) + (op == ">"))
            reading.note(found.place, f"size {name} >= {int(least) + (op == '>')}")
            return True
    return False


def restrict(reading: Reading, found: Found, chain: Chain, math: Expanded) -> bool:
    """``with $s > 0$`` about a declared number of which nothing else is said."""
    node = chain.node
    if not isinstance(node, s.Relation) or len(node.rest) != 1:
        return False
    if node.rest[0][0] == "in":
        return _restrict_to_interval(reading, found, math)
    if node.rest[0][0] not in (">", ">=", "<", "<="):
        return False
    name = primitive(node.first, reading.context)
    if name is None or not is_free(name, reading.context) or not isinstance(node.rest[0][1], s.Number):
        return False
    text = one_line(math.text[chain.span.start : chain.span.stop])
    try:
        reading.context = declare(text, reading.context)
    except DeclarationError:
        return False
    reading.note(found.place, text)
    return True


def _restrict_to_interval(reading: Reading, found: Found, math: Expanded) -> bool:
    """``where $u \\in (0, 1)$`` about a declared number."""
    bounds = narrowing.bounds_in(math.text, reading.context, new=False)
    context = narrowing.narrowed(bounds, reading.context) if bounds else None
    if context is None:
        return False
    reading.context = context
    for each in bounds:
        reading.note(found.place, each.text)
    return True


def declare_bound(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> Told | None:
    """``x \\in \\mathbb{R}^d`` about a new name declares it, and so does ``0 < x < 1``."""
    between = len(segment.ops) == 2 and {*segment.ops} <= {"<", "<="} and isinstance(segment.nodes[0], s.Number)
    if segment.missing or not (between or len(segment.ops) == 1):
        return None
    if segment.ops[0] not in ("in", ">", ">=", "<", "<="):
        return None
    concluded = CONCLUDES.search(each.prose) or spaced(each.math.text) in reading.document.concluded
    if concluded and _speak_of_known(segment.nodes[:1], reading.context):
        return None
    rest = tuple(zip(segment.ops, segment.nodes[1:], strict=True))
    relation = s.Relation(segment.nodes[0].start, segment.nodes[-1].stop, segment.nodes[0], rest)
    signs = [chains.SIGNS.get(op, op) for op in segment.ops]
    said = " ".join([texts[0], *(f"{sign} {text}" for sign, text in zip(signs, texts[1:], strict=True))])
    done = bound((relation,), said, reading.context)
    if done is None:
        return None
    reading.context = done.context
    reading.note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)
    return Told((), False)


def note_noun(reading: Reading, chain: Chain) -> None:
    """``the responsibilities are $\\gamma_{nk} = …$``: what the words call γ."""
    said = CALLED.search(reading.words.prose)
    parts = parts_of(chain.node.first) if isinstance(chain.node, s.Relation) else None
    if said is not None and parts is not None:
        reading.document.nouns[said["noun"].lower()] = parts[0]
