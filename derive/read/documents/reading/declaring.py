"""What the author declares, and the indices that the formulas of a section spell out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.language.terms import Span
from derive.read.declarations import declare
from derive.read.documents.definitions import forgetting, making_room, matrices, rounds
from derive.read.documents.reading import ahead, standing, waiting
from derive.read.documents.reading.state import Ahead, Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.marks import Mark, inside, marks_in
from derive.read.documents.text.prose import ranges
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared import conventions
from derive.read.documents.undeclared.counted_steps import counted_steps
from derive.read.documents.undeclared.counting_alike import counting_alike
from derive.read.documents.undeclared.listed_counts import listed_counts
from derive.read.documents.undeclared.running_ends import running_ends
from derive.read.documents.undeclared.unbounded_sums import beside_bound, unbounded
from derive.read.documents.undeclared.unknowns import only_differentiated
from derive.read.documents.words.dimensions_said import dimensions_said
from derive.read.documents.words.unheeded import Unheeded
from derive.read.errors import DeclarationError, ReadError, WrongIndices
from derive.read.parser import parse


def infer_indices(reading: Reading, pieces: Sequence[Found]) -> None:
    """Indices whose range the formulas spell out, if the author declares them nowhere; and those which the author
    declares behind the first formulas of the section that have them below a name."""
    _declared_behind(reading, pieces)
    written = [found.math.text for found in pieces if found.math is not None and found.kind != "declaration"]
    reading.section.differentiated = only_differentiated(found.math.text for found in pieces if found.math is not None)
    declared = " ".join(found.math.text for found in pieces if found.math and found.kind == "declaration")
    _infer_spaces(reading, pieces, _taken(declared))
    _infer_steps(reading, pieces, _taken(declared))
    _infer_listed_counts(reading, written, _taken(declared))
    _infer_running_ends(reading, written, _taken(declared))
    for each in ranges(written, _taken(declared)).values():
        text = f"index {each.name} = {each.low}..{each.high}"
        try:
            context = declare(text, making_room.with_room(text, reading.context))
        except DeclarationError:
            continue
        if context.indices.get(each.name) != reading.context.indices.get(each.name):
            reading.notes.append(text)
        reading.context = context
    context = reading.context
    taken = [*_taken(declared), *context.symbols, *context.sizes, *context.functions]
    for letter, range_ in counting_alike([spaced(text) for text in written], context.indices, taken).items():
        try:
            reading.context = declare(f"index {letter} = {range_}", reading.context)
        except DeclarationError:
            continue
        reading.notes.append(f"index {letter} = {range_}")
    _infer_lengths(reading, written, taken)


def _infer_spaces(reading: Reading, pieces: Sequence[Found], declared: Sequence[str]) -> None:
    """Vectors of which words beside their names say how long they are, where nothing has these names so far."""
    said = list(dimensions_said(pieces))
    spaces = {name: {size for other, size in said if other == name} for name, _ in said}
    for name, sizes in spaces.items():
        context = reading.context
        known = (*declared, *context.symbols, *context.functions, *context.indices, *context.sizes)
        size = min(sizes)
        if len(sizes) != 1 or name in known or any(size in names for names in (context.symbols, context.indices)):
            continue
        text = f"{name} \\in \\mathbb{{R}}^{{{size}}}"
        try:
            reading.context = declare(text, context)
        except DeclarationError:
            continue
        reading.notes.append(text)


def _infer_steps(reading: Reading, pieces: Sequence[Found], declared: Sequence[str]) -> None:
    """The steps of recurrences of numbers that begin at 0."""
    context = reading.context
    nodes = conventions.formulas([found for found in pieces if found.kind != "declaration"], context)
    taken = (*declared, *context.symbols, *context.sizes, *context.functions, *context.indices)
    text = counted_steps(nodes, reading.document.everywhere, taken)
    if not text:
        return
    try:
        reading.context = declare(text, context)
    except DeclarationError:
        return
    reading.notes.append(text)


def _infer_listed_counts(reading: Reading, written: Sequence[str], declared: Sequence[str]) -> None:
    """Letters of sequences that are listed, and that sums end with or steps are counted by."""
    context = reading.context
    taken = (*declared, *context.symbols, *context.sizes, *context.functions, *context.indices)
    for (low, high), letters in listed_counts([spaced(text) for text in written], taken).items():
        if high[0] in (*context.symbols, *context.functions, *context.indices):
            continue
        text = f"index {', '.join(letters)} = {low}..{high.replace(' ', '')}"
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            continue
        reading.notes.append(text)


def _infer_running_ends(reading: Reading, written: Sequence[str], declared: Sequence[str]) -> None:
    """Letters that sums end with, and that count steps themselves, each up to a length of its own."""
    context = reading.context
    taken = (*declared, *context.symbols, *context.sizes, *context.functions, *context.indices)
    formulas = [spaced(text) for text in written]
    for length, letters in running_ends(formulas, reading.document.everywhere, taken).items():
        text = f"index {', '.join(letters)} = 1..{length}"
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            continue
        reading.unnamed[length] = None
        reading.notes.append(text)


_GIVEN_HERE = re.compile(r"(?:\A|,|quad)[ &]*(?P<name>\\?[A-Za-z]+) _ [a-z] [& ]*:?= ")


def _apart_from(everywhere: Sequence[str], formulas: Sequence[str], context: Context) -> tuple[str, ...]:
    """What a document writes, with another letter elsewhere for the names that these formulas of a section give by
    their members: ``a_i = \\sum_j r_{ij}`` says nothing of the a_k that another section has."""
    named = {found["name"] for text in formulas for found in _GIVEN_HERE.finditer(text)}
    free = {name for name, decl in context.symbols.items() if decl.definition is None}
    named -= free
    if not named:
        return tuple(everywhere)
    here = {*formulas}
    below = re.compile(rf"(?<!\S)({'|'.join(map(re.escape, sorted(named)))}) _ ")
    return tuple(text if text in here else below.sub(r"\1' _ ", text) for text in everywhere)


def _infer_lengths(reading: Reading, written: Sequence[str], taken: Sequence[str]) -> None:
    """Letters below sums of which the document says nowhere what they count, each up to a length of its own."""
    known = (*taken, *reading.context.symbols, *reading.context.sizes)
    formulas = [spaced(text) for text in written]
    everywhere = _apart_from(reading.document.everywhere, formulas, reading.context)
    for letter, range_ in beside_bound(formulas, everywhere, reading.context.indices, known).items():
        try:
            reading.context = declare(f"index {letter} = {range_}", reading.context)
        except DeclarationError:
            continue
        reading.notes.append(f"index {letter} = {range_}")
    for letters, length in unbounded(formulas, everywhere, reading.context.indices, known):
        text = f"index {', '.join(letters)} = 1..{length}"
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            continue
        reading.unnamed[length] = None
        reading.notes.append(text)
        _doubt_numbers(reading, letters[0], formulas)


_MAY_COUNT = "NMKTJLnm"
"""How numbers are called that a range may end with."""


def _doubt_numbers(reading: Reading, letter: str, formulas: Sequence[str]) -> None:
    """A number of which nothing is said may be how far a letter counts of which nothing is said: where it is any
    number, that refutes nothing."""
    bare = r"(?<!_ )(?<!\S){}(?! (?:_|\(|\^ (?:\{{ )?(?:T|\\top)))(?!\S)"
    named = [
        each
        for each in _MAY_COUNT
        if each not in reading.context.sizes and any(re.search(bare.format(each), text) for text in formulas)
    ]
    first, stop = reading.section.extent
    pieces = reading.document.pieces[first:stop]
    if named and pieces:
        words = f"the end of the sum over {letter}, which a number may be (declare “index {letter} = 1..N”),"
        within = (pieces[0].place, pieces[-1].source.place(pieces[-1].stop))
        said = Unheeded(pieces[0].place, words, (" ".join(named),), within=within, of_names=True, of_numbers=True)
        reading.document.passed_over.append(said)


_INDEX = re.compile(r"\bindex\b(?P<names>[^=;\n\\]*)=\s*(?P<range>[^;,\n.]+\.\.\s*[^;,\n]+?)\s*(?=;|\n|\Z)")


def _declared_behind(reading: Reading, pieces: Sequence[Found]) -> None:
    """``Let $x_n \\in \\mathbb{R}^d$``, and an author who says below it what n counts: that holds there, too, if the
    letter stands nowhere before it but below names, and in its own range."""
    before = ""
    for found in pieces:
        if found.math is None:
            continue
        if found.kind != "declaration":
            before += f" {_RANGE.sub(' ', spaced(found.math.text))}"
            continue
        for each in _INDEX.finditer(found.math.text) if before else ():
            for letter in (name.strip() for name in each["names"].split(",")):
                taken = (
                    reading.context.indices,
                    reading.context.symbols,
                    reading.context.functions,
                    reading.context.sizes,
                )
                below = re.compile(rf"_ (?:{letter}(?!\S)|\{{ {letter} \}})")
                if not re.fullmatch("[a-z]", letter) or any(letter in names for names in taken):
                    continue
                if below.search(before) and not re.search(rf"(?<!\S){letter}(?!\S)", below.sub(" ", before)):
                    text = f"index {letter} = {each['range']}"
                    try:
                        reading.context = declare(text, making_room.with_room(text, reading.context))
                    except DeclarationError:
                        continue


_RANGE = re.compile(r"(?<!\S)[a-z] = \d+ (?:, \d+ )?, \\(?:l|c)?dots[cb]? , (?:[A-Za-z]|\d+)(?!\S)")


def _taken(declared: str) -> list[str]:
    """The letters that the author declares to be something, an index or not."""
    taken = [name.strip() for names in re.findall(r"\bindex\b([^=]*)=", declared) for name in names.split(",")]
    taken += re.findall(r"[;,]\s*(\w)\s*=\s*\d+\s*\.\.", declared) + re.findall(r"\.\.\s*(\w)\b", declared)
    taken += re.findall(r"(?m)(?:^|;)\s*(?:size|name)\s+(\w)\b", declared)
    taken += re.findall(r"\\mathbb\{?R\}?\s*\^\s*\{?\s*(\w)", declared)
    taken += re.findall(r"(?m)(?:^|;|,)\s*(\w)\s*(?:\\in|>|<|\\geq?)", declared)
    return taken


def take_declaration(reading: Reading, found: Found) -> None:
    """A block of declarations, and the marks that are written in it."""
    if found.math is None:
        return
    waiting.retry(reading, last=True)
    text = found.math.text
    for word, at, reason in marks_in(text):
        if word == "skip":
            reading.skip = True
        else:
            reading.marks.append(Mark((reading.number, found.math.place(at)), reason))
    if not found.follows:
        reading.declared += sum(1 for line in text.splitlines() if line.strip())
    before = reading.context
    _declare_text(reading, found, found.math, text)
    reading.context, texts = matrices.gathered(reading.context, before)
    for each in texts:
        reading.note(found.place, each)
    waiting.again(reading, end=False)


def _indices_of(reading: Reading, found: Found, text: str) -> None:
    """The indices of what is declared, where all formulas of the document agree on their range and the author declares
    none: ``x_n \\in \\mathbb{R}`` above a heading, the sums over n below it."""
    wanted = {
        letter for scripts in re.findall(r"_(\w|\{[^{}]*\})", text) for letter in re.findall(r"[A-Za-z]", scripts)
    }
    known = {*reading.context.indices, *reading.context.sizes}
    if wanted <= known:
        return
    formulas = [piece.math.text for piece in reading.document.pieces if piece.math and piece.kind != "declaration"]
    declared = " ".join(
        piece.math.text for piece in reading.document.pieces if piece.math and piece.kind == "declaration"
    )
    for each in ranges(formulas, _taken(declared)).values():
        statement = f"index {each.name} = {each.low}..{each.high}"
        if each.name not in wanted - known:
            continue
        try:
            reading.context = declare(statement, reading.context)
        except DeclarationError:
            continue
        reading.note(found.place, statement)


def _declare_text(reading: Reading, found: Found, math: Expanded, text: str) -> None:
    """Each statement that cannot be used is reported, and the others are declared."""
    _indices_of(reading, found, text)
    before = reading.context
    reading.context = _without_old_indices(reading, text, making_room.with_room(text, before))
    while text.strip():
        try:
            reading.context = making_room.settled(reading.context, declare(text, reading.context))
            standing.author_declares(reading, before)
        except DeclarationError as problem:
            if _whole_of(reading, found, problem) or _rounds_of(reading, found, text, problem):
                continue
            if _without_inferred(reading, problem.statement):
                before = reading.context
                continue
            if _binds_parameter(reading, text, problem.statement):
                before = reading.context  # the parameter is nothing that the author declares
                continue
            span = problem.span or Span(0, len(text))
            if ahead.is_ahead(problem) and problem.statement:
                at = math.place(span.start)
                waits = Ahead((reading.number, at), found.source.place(at), problem.statement, problem.message)
                reading.ahead.append(waits)
            else:
                reading.unread(found, math.place(span.start), problem.message, "", problem.statement)
            at = _place_of(problem.statement, text, span.start)
            length = len(problem.statement) or len(text)
            following = re.compile(r"[ \t]+;(?=\s)").match(text, at + length)
            length += following.end() - following.start() if following else 0
            text = text[:at] + " " * length + text[at + length :]
        else:
            break
    ahead.take_up(reading)


def _place_of(statement: str, text: str, at: int) -> int:
    """Where a statement stands that covers a place of the text: ``b`` also stands in ``\\mathbb``."""
    starts = [found.start() for found in re.finditer(f"(?={re.escape(statement)})", text)]
    covering = [start for start in starts if start <= at <= start + len(statement)]
    return max(covering or starts or [0])


_QUANTITIES = re.compile(
    r"(?m)(?:^|;)[ \t]*((?:[A-Za-z][ \t]*,[ \t]*)*[A-Za-z])[ \t]*(?:\\in(?![A-Za-z])|[<>]|\\[gl]eq?(?![A-Za-z])|"
    r"(?:positive|nonnegative|real)\b)"
)


def _without_old_indices(reading: Reading, text: str, context: Context) -> Context:
    """The context in which an index of an earlier section is none, if the author declares a quantity of that name; and
    a quantity that was only inferred, or is of an earlier section, is none, if the author declares an index of that
    name."""
    indices = re.findall(r"\bindex\b((?:(?!\\in(?![A-Za-z]))[^=;\n])*)(?:=|\\in(?![A-Za-z]))", text)
    indices += re.findall(r"[;,]\s*(\w)\s*=\s*\d+\s*\.\.", text)
    letters = {letter.strip() for each in indices for letter in each.split(",")}
    before = reading.section.sections_before.symbols
    gone = frozenset(
        name
        for name in letters
        if name in context.symbols
        and (name not in reading.document.authored or before.get(name) is context.symbols[name])
    )
    context = forgetting.without_names(context, gone)
    counted = re.sub(r"\bindex\b[^;\n]*", "", text)
    names = [name.strip() for names in _QUANTITIES.findall(counted) for name in names.split(",")]
    old = reading.section.sections_before.indices
    for name in names:
        if name in old and context.indices.get(name) is old[name]:
            context = forgetting.without(context, name)
    return context


_DECLARED = re.compile(
    r"\s*(?:component\b.*\bof\s+(?P<whole>\S+)|(?P<names>[^\\\s,_]+(?:\s*,\s*[^\\\s,_]+)*)\s*\\in(?![A-Za-z]))"
)


def _without_inferred(reading: Reading, statement: str) -> bool:
    """Whether a declaration cannot be used because the text has been taken to say something else of the same name; then
    that is forgotten, and what was made of it: what an author declares counts."""
    found = _DECLARED.match(statement)
    names = {each.strip() for each in (found["whole"] or found["names"]).split(",")} if found is not None else set()
    symbols = reading.context.symbols
    gone = frozenset(
        each
        for name in names
        for each in (name, f"{name}{{}}")
        if each in symbols and name not in reading.document.authored
    )
    context = forgetting.without_names(reading.context, gone) if gone else reading.context
    if not gone or context == reading.context:
        return False
    reading.context = context
    return True


_FUNCTION = re.compile(r"\s*function\s+[^()]*\((?P<params>[^()]*)\)\s*:?=")


def _binds_parameter(reading: Reading, text: str, statement: str) -> bool:
    """Whether a function of the declarations ``text`` cannot be read because its parameter is a family of an earlier
    section, of which this one says nothing: then that has no meaning here, and the parameter is a number."""
    head = _FUNCTION.match(statement)
    if head is None:
        return False
    start, stop = reading.section.extent
    formulas = [
        spaced(piece.math.text)
        for piece in reading.document.pieces[start:stop]
        if piece.math is not None and piece.kind != "declaration"
    ]
    context, old = reading.context, reading.section.sections_before.symbols
    names = frozenset(
        name
        for name in (part.strip() for part in re.split(r"[,|;]", head["params"]))
        if name in old and old[name].family and context.symbols.get(name) is old[name]
        if not any(re.search(rf"(?<!\S){re.escape(spaced(name))} [_^]", text) for text in formulas)
    )
    if not names:
        return False
    without = forgetting.without_names(context, names)
    numbers = declare(f"{', '.join(sorted(names))} \\in \\mathbb{{R}}", without)
    try:
        declare(text, numbers)
    except DeclarationError as problem:
        if problem.statement == statement:
            return False
    symbols = {name: decl for name, decl in context.symbols.items() if name not in without.symbols}
    functions = {name: decl for name, decl in context.functions.items() if name not in without.functions}
    reading.section.symbols_held.update(symbols)
    reading.section.functions_held.update(functions)
    reading.context = numbers
    return True


def _whole_of(reading: Reading, found: Found, problem: DeclarationError) -> bool:
    r"""Whether a declaration writes a family without its indices, as one vector or matrix: ``let D :=
    \operatorname{diag}(d)`` after ``d_i``."""
    if not isinstance(problem.__cause__, WrongIndices):
        return False
    done = conventions.whole_family(problem.__cause__, reading.context)
    if done is None or done.context == reading.context:
        return False
    reading.context = done.context
    reading.note(found.place, done.text)
    return True


def _rounds_of(reading: Reading, found: Found, text: str, problem: DeclarationError) -> bool:
    """Whether a declaration needs parameters, or the model, of another round; they join the context, and what is
    declared before it does too."""
    _, defines, body = problem.statement.partition(":=")
    if not defines:
        return False
    try:
        context = declare(text[: max(0, text.find(problem.statement))].rstrip(" ;\n"), reading.context)
        done = rounds.rounds([parse(body)], context)
    except (DeclarationError, ReadError):
        return False
    if done.context is context:
        return False
    reading.context = making_room.settled(reading.context, done.context)
    for note in done.notes:
        reading.note(found.place, note)
    return True


def marks_inside(reading: Reading, found: Found) -> None:
    """The declarations and marks that are written inside a display."""
    for text, at in inside(found.text):
        for word, place, reason in marks_in(text):
            if word == "expect":
                reading.marks.append(Mark((reading.number, found.start + at + place), reason))
        if not any(True for _ in marks_in(text)):
            _declare_text(reading, found, Expanded(text, (0,), (found.start + at,), ("",)), text)
        reading.declared += 1
