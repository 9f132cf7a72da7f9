"""Macros of the author: their definitions, and bounded expansion in which every character keeps its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from derive.language.terms import Span
from derive.read.errors import ReadError

MOST_EXPANSIONS = 5_000
DEEPEST = 60
LONGEST = 60_000
LONGEST_BODY = 8_000
MOST_BROKEN = 50


class Piece(NamedTuple):
    """A bit of text while it is expanded: where it stands in the source, and the macro it came out of."""

    text: str
    place: int
    macro: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Expanded:
    """Text after expansion. Run number i begins at ``starts[i]`` and stands at ``places[i]`` of the source; characters
    of a run that came out of ``macros[i]`` all stand where the macro is used."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    macros: tuple[str, ...]

    def place(self, at: int) -> int:
        """The offset in the source of character ``at``."""
        run = max(0, bisect_right(self.starts, at) - 1)
        return self.places[run] if self.macros[run] else self.places[run] + at - self.starts[run]

    def macro(self, at: int) -> str:
        """The macro that character ``at`` came out of, or nothing."""
        return self.macros[max(0, bisect_right(self.starts, at) - 1)]


def as_written(text: str, offset: int) -> Expanded:
    """Text in which nothing is expanded."""
    return Expanded(text, (0,), (offset,), ("",))


@dataclass(frozen=True)
class Macro:
    """``\\newcommand{name}[count][default]{body}``; ``refusal`` says why a definition cannot be used."""

    name: str
    count: int = 0
    body: tuple[str, ...] = ()
    default: tuple[str, ...] | None = None
    starred: bool = False
    refusal: str = ""


_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|[\s\S])|%[^\n]*|#\d|[{}\[\]]|\s+|[^\\%#{}\[\]\s]+|[\s\S]")
_COMMAND = re.compile(r"\\[A-Za-z@]+\Z")
_NAME = r"\\(?:[A-Za-z@]+|[^A-Za-z])"
_HEAD = re.compile(rf"\*?\s*(?:\{{\s*({_NAME})\s*\}}|({_NAME}))\s*(?:\[(\d)\])?\s*(?:\[([^\]\n]*)\])?\s*(?=\{{)")
_DEF = re.compile(rf"\s*({_NAME})([^{{}}\n]*)(?=\{{)")
_LET = re.compile(rf"\s*({_NAME})\s*=?\s*({_NAME}|\S)")
_OPERATOR = re.compile(rf"(\*?)\s*\{{?\s*({_NAME})\s*\}}?\s*(?=\{{)")
_PAIRED = re.compile(rf"\s*\{{?\s*({_NAME})\s*\}}?\s*\{{([^{{}}\n]*)\}}\s*\{{([^{{}}\n]*)\}}")
_ENVIRONMENT = re.compile(r"\*?\s*\{([A-Za-z*]+)\}\s*(?:\[\d\])?\s*(?:\[[^\]\n]*\])?\s*(?=\{)")
_BRACE = re.compile(r"\\[\s\S]|%[^\n]*|[{}]")
_WORD = re.compile(
    r"\\(?:mathop|operatorname\*?)\s*\{\s*\\(?:mathrm|rm|text|operatorname|mathsf|sf)\s*\{?([^{}]*)\}?\s*\}"
)
_LETTER = re.compile(r"\s*\\math(?:bb|cal|scr|frak)\s*(?:\{\s*[A-Za-z]\s*\}|[A-Za-z])\s*")
"""What an operator may be called that is one letter: ``\\mathbb{E}``."""
_SHORTHAND = re.compile(r"\s*(?:\\(begin|end)\s*\{([A-Za-z]+\*?)\}|\\([\[\]]))\s*\Z")
DEFINING = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand def gdef edef xdef let DeclareMathOperator "
    "DeclarePairedDelimiter newenvironment renewenvironment".split()
)


def pieces_of(text: str) -> tuple[str, ...]:
    """Text cut into commands, braces, spaces and runs of other characters."""
    return tuple(match.group() for match in _TOKEN.finditer(text))


def balanced(text: str, at: int) -> int:
    """The place after the brace that closes the one at ``at``; :class:`ReadError` if there is none near."""
    level = 0
    for match in _BRACE.finditer(text, at, min(len(text), at + LONGEST_BODY)):
        level += (match.group() == "{") - (match.group() == "}")
        if level == 0:
            return match.end()
    raise ReadError("expected “}” to close “{”", Span(at, at + 1))


@dataclass
class Macros:
    """The macros known so far, in the order of the document. ``opening`` and ``closing`` are those that only begin or
    end an environment, by the environment's name; ``environments`` are the author's own names for one. ``usual`` are
    those that a document uses without their definition."""

    usual: Mapping[str, Macro] = field(default_factory=dict)
    known: dict[str, Macro] = field(default_factory=dict)
    opening: dict[str, str] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)
    environments: dict[str, str] = field(default_factory=dict)
    broken: int = 0

    # -- definitions -----------------------------------------------------------------------------------------------
    def define(self, text: str, at: int, word: str) -> int:
        """Read the definition whose ``\\word`` ends at ``at``; the place after it."""
        if self.broken > MOST_BROKEN:
            raise ReadError(f"more than {MOST_BROKEN} broken definitions of macros; no more are read", Span(at, at + 1))
        try:
            return self._define(text, at, word)
        except ReadError:
            self.broken += 1
            raise

    def _define(self, text: str, at: int, word: str) -> int:
        match word:
            case "let":
                return self._let(text, at)
            case "def" | "gdef" | "edef" | "xdef":
                return self._def(text, at)
            case "DeclareMathOperator":
                return self._operator(text, at)
            case "DeclarePairedDelimiter":
                return self._paired(text, at)
            case "newenvironment" | "renewenvironment":
                return self._environment(text, at)
        head = _HEAD.match(text, at)
        if head is None:
            raise ReadError(f"expected \\{word}{{\\name}}[count]{{…}}", Span(at, at + 1))
        stop = balanced(text, head.end())
        name = head.group(1) or head.group(2)
        if word == "providecommand" and name in self.known:
            return stop
        default = None if head.group(4) is None else pieces_of(head.group(4))
        self._put(Macro(name, int(head.group(3) or 0), (), default), text[head.end() + 1 : stop - 1])
        return stop

    def _put(self, macro: Macro, body: str) -> None:
        shorthand = _SHORTHAND.match(body) if not macro.count else None
        self.opening.pop(macro.name, None)
        self.closing.pop(macro.name, None)
        if shorthand:
            which, environment, bracket = shorthand.groups()
            table = self.opening if which == "begin" or bracket == "[" else self.closing
            table[macro.name] = environment or "["
        body = _WORD.sub(r"\\operatorname*{\1}", body)
        self.known[macro.name] = replace(macro, body=pieces_of(body))

    def _def(self, text: str, at: int) -> int:
        head = _DEF.match(text, at)
        if head is None:
            raise ReadError("expected \\def\\name{…}", Span(at, at + 1))
        stop = balanced(text, head.end())
        name, parameters = head.group(1), head.group(2).strip()
        count = parameters.count("#")
        if parameters != "".join(f"#{number}" for number in range(1, count + 1)):
            self.known[name] = Macro(name, refusal=f"expected parameters #1#2…, found {parameters}")
        else:
            self._put(Macro(name, count), text[head.end() + 1 : stop - 1])
        return stop

    def _let(self, text: str, at: int) -> int:
        found = _LET.match(text, at)
        if found is None:
            raise ReadError("expected \\let\\new\\old", Span(at, at + 1))
        new, old = found.groups()
        self.known[new] = replace(self.known[old], name=new) if old in self.known else Macro(new, body=(old,))
        return found.end()

    def _operator(self, text: str, at: int) -> int:
        head = _OPERATOR.match(text, at)
        if head is None:
            raise ReadError("expected \\DeclareMathOperator{\\name}{text}", Span(at, at + 1))
        stop = balanced(text, head.end())
        word = re.sub(r"\\[,;: !]", " ", text[head.end() + 1 : stop - 1])
        if _LETTER.fullmatch(word):  # one letter in a face of its own, as it is
            self._put(Macro(head.group(2)), word.strip())
            return stop
        word = re.sub(r"\\(?:mathrm|text|rm|mathbf|bf)\b\s*|[{}]", "", word)
        self._put(Macro(head.group(2)), f"\\operatorname{head.group(1)}{{{' '.join(word.split())}}}")
        return stop

    def _paired(self, text: str, at: int) -> int:
        found = _PAIRED.match(text, at)
        if found is None:
            raise ReadError("expected \\DeclarePairedDelimiter{\\name}{left}{right}", Span(at, at + 1))
        name, left, right = found.groups()
        self._put(Macro(name, 1, starred=True), f"\\left{left} #1 \\right{right}")
        return found.end()

    def _environment(self, text: str, at: int) -> int:
        head = _ENVIRONMENT.match(text, at)
        if head is None:
            raise ReadError("expected \\newenvironment{name}{begin}{end}", Span(at, at + 1))
        middle = balanced(text, head.end())
        opened = re.match(r"\s*\\begin\s*\{([A-Za-z]+\*?)\}", text[head.end() + 1 : middle])
        if opened:
            self.environments[head.group(1)] = opened.group(1)
        rest = re.compile(r"\s*(?=\{)").match(text, middle)
        return balanced(text, rest.end()) if rest else middle

    # -- expansion -------------------------------------------------------------------------------------------------
    def expand(self, text: str, offset: int) -> Expanded:
        """``text``, which stands at ``offset``, with the author's macros written out; definitions inside are taken in.

        >>> macros = Macros()
        >>> _ = macros.define(r"{\\v}[1]{\\mathbf{#1}}", 0, "newcommand")
        >>> macros.expand(r"\\v x", 0).text
        '\\\\mathbf{x}'
        """
        words = {match.group() for match in re.finditer(_NAME, text)}
        if not any(word in self.known or word in self.usual or word[1:] in DEFINING for word in words):
            return as_written(text, offset)
        return _Expansion(self, text, offset).result()


class _Expansion:
    """One text while it is expanded: what is still to read (last first), and what is written."""

    def __init__(self, macros: Macros, text: str, offset: int) -> None:
        self.macros = macros
        self.text, self.offset = text, offset
        found = [Piece(match.group(), match.start() + offset) for match in _TOKEN.finditer(text)]
        self.todo = found[::-1]
        self.done: list[Piece] = []
        self.count = 0

    def result(self) -> Expanded:
        length = 0
        while self.todo:
            piece = self.todo.pop()
            word = piece.text[1:]
            macro = self.macros.known.get(piece.text) or self.macros.usual.get(piece.text)
            if macro is not None:
                self._use(macro, piece)
            elif piece.text[0] == "\\" and word in DEFINING and not piece.macro:
                self._define(piece, word)
            else:
                self.done.append(piece)
                length += len(piece.text)
            if length > LONGEST:
                raise self._refusal("the macros of this expression expand to too much", piece)
        return _joined(self.done)

    def _refusal(self, message: str, piece: Piece) -> ReadError:
        return ReadError(message, Span(piece.place, piece.place + 1), "expand the macro by hand here")

    def _define(self, piece: Piece, word: str) -> None:
        """A definition inside mathematics: what follows it is read from the source again."""
        begin = piece.place - self.offset + len(piece.text)
        try:
            stop = self.macros.define(self.text, begin, word) + self.offset
        except ReadError as problem:
            raise ReadError(problem.message, Span(piece.place, piece.place + 1)) from problem
        while self.todo and self.todo[-1].place < stop:
            self.todo.pop()

    def _use(self, macro: Macro, piece: Piece) -> None:
        self.count += 1
        if macro.refusal:
            raise self._refusal(f"the macro {macro.name} cannot be used: {macro.refusal}", piece)
        if piece.depth >= DEEPEST:
            raise self._refusal(f"the macro {macro.name} goes on for ever: more than {DEEPEST} levels", piece)
        if self.count > MOST_EXPANSIONS:
            raise self._refusal(f"more than {MOST_EXPANSIONS} uses of macros in one expression", piece)
        arguments: list[list[Piece]] = []
        if macro.starred:
            self._skip_star()
        if macro.default is not None:
            optional = self._optional()
            filled = [Piece(text, piece.place, macro.name, piece.depth + 1) for text in macro.default]
            arguments.append(filled if optional is None else optional)
        while len(arguments) < macro.count:
            arguments.append(self._argument(macro, piece))
        for text in reversed(macro.body):
            if text[0] == "#" and len(text) == 2 and 1 <= int(text[1]) <= len(arguments):
                self.todo.extend(
                    part._replace(depth=max(part.depth, piece.depth + 1))
                    for part in reversed(arguments[int(text[1]) - 1])
                )
            else:
                self.todo.append(Piece(text, piece.place, piece.macro or macro.name, piece.depth + 1))
            if len(self.todo) > LONGEST:
                raise self._refusal("the macros of this expression expand to too much", piece)

    def _skip_blanks(self) -> None:
        while self.todo and (self.todo[-1].text.isspace() or self.todo[-1].text[0] == "%"):
            self.todo.pop()

    def _skip_star(self) -> None:
        if self.todo and self.todo[-1].text.startswith("*"):
            piece = self.todo.pop()
            if len(piece.text) > 1:
                self.todo.append(piece._replace(text=piece.text[1:], place=piece.place + 1))
        self._optional()

    def _optional(self) -> list[Piece] | None:
        """What stands in square brackets here, if anything does."""
        at = len(self.todo) - 1
        while at >= 0 and self.todo[at].text.isspace():
            at -= 1
        if at < 0 or self.todo[at].text != "[":
            return None
        del self.todo[at:]
        return self._until("]")

    def _until(self, close: str) -> list[Piece]:
        level, found = 0, []
        while self.todo:
            piece = self.todo.pop()
            if piece.text == close and level == 0:
                break
            level += (piece.text == "{") - (piece.text == "}")
            found.append(piece)
        return found

    def _argument(self, macro: Macro, use: Piece) -> list[Piece]:
        self._skip_blanks()
        if not self.todo or self.todo[-1].text == "}":
            raise self._refusal(f"expected {macro.count} argument(s) after {macro.name}", use)
        piece = self.todo.pop()
        if piece.text == "{":
            return self._until("}")
        if piece.text[0] != "\\" and len(piece.text) > 1:
            self.todo.append(piece._replace(text=piece.text[1:], place=piece.place + (not piece.macro)))
            piece = piece._replace(text=piece.text[0])
        return [piece]


def _joined(pieces: Iterable[Piece]) -> Expanded:
    """The pieces as one text; neighbours that stand side by side in the source make one run."""
    texts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    macros: list[str] = []
    at, expected = 0, -1
    after_command = False
    for piece in pieces:
        if after_command and piece.text[:1].isalpha():
            texts.append(" ")
            at += 1
            expected = -1
        if piece.macro or piece.place != expected or not starts or macros[-1]:
            starts.append(at)
            places.append(piece.place)
            macros.append(piece.macro)
        texts.append(piece.text)
        at += len(piece.text)
        expected = -1 if piece.macro else piece.place + len(piece.text)
        after_command = bool(_COMMAND.match(piece.text))
    if not starts:
        return Expanded("", (0,), (0,), ("",))
    return Expanded("".join(texts), tuple(starts), tuple(places), tuple(macros))
