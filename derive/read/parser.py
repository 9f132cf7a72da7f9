"""Tokens to an untyped tree: a Pratt parser for the mathematics of this field.

Precedence, loosest first: relations; + and -; written products (``\\cdot``, ``/``, ``\\odot`` …); things side by side;
scripts. Big operators reach to the next + or -. What a name *is* does not matter here: calls and prefix functions are
told apart by the resolver.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from derive.language.terms import Span
from derive.read import commands, environments
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.tokens import Token, tokenize
from derive.read.vocabulary import (
    ACCENTS,
    BIG_WORDS,
    CLOSING,
    CONNECTIVES,
    FACES,
    FUNCTION_COMMANDS,
    OPENING,
    PLAIN_UPRIGHT,
    PRODUCTS,
    RELATIONS,
    SCRIPT_MARKS,
    SEPARATORS,
)

MAX_DEPTH = 48


_SIGNED = {">": "++", "\\ge": "+", "\\geq": "+", "\\geqslant": "+", ">=": "+"}
"""What stands below a set of numbers for those that are positive, or not negative."""


class Parser:
    """One pass over a list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [token for token in tokens if token.kind != "wide"]
        self.at = 0
        self.here = self.tokens[0]
        self.depth = 0
        self.bars: list[str] = []
        self.integrals = 0
        self.separated = ""
        """What closes the call or subscript we are in, where a bar after an operand may separate; else nothing."""

    # -- moving ----------------------------------------------------------------------------------------------------
    def peek(self, more: int = 1) -> Token:
        return self.tokens[min(self.at + more, len(self.tokens) - 1)]

    def next(self) -> Token:
        token = self.here
        if token.kind != "stop":
            self.go_to(self.at + 1)
        return token

    def go_to(self, place: int) -> None:
        self.at = place
        self.here = self.tokens[place]

    def fail(self, expected: str, token: Token | None = None, hint: str = "") -> ReadError:
        token = token or self.here
        found = f"“{token.text}”" if token.kind != "stop" else "the end"
        return ReadError(f"expected {expected}, found {found}", Span(token.start, max(token.stop, token.start)), hint)

    def expect(self, text: str, opened: Token) -> Token:
        if self.here.text != text:
            raise self.fail(f"“{text}” to close “{opened.text}”")
        return self.next()

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ReadError(
                f"expected at most {MAX_DEPTH} levels of nesting",
                Span(self.here.start, self.here.stop),
                "give a part its own name with “let”",
            )

    # -- relations, sums, products ---------------------------------------------------------------------------------
    def whole(self) -> s.Node:
        """One expression or chain of relations, to the end of the text."""
        node = self.relation()
        if self.here.kind != "stop":
            raise self.fail("an operator or the end")
        return node

    def continued(self, first: s.Node) -> s.Node:
        """A chain whose left side stands elsewhere."""
        node = self.relation(first)
        if self.here.kind != "stop":
            raise self.fail("an operator or the end")
        return node

    def relation(self, first: s.Node | None = None) -> s.Node:
        self.deeper()
        first = first or self.sum()
        rest: list[tuple[str, s.Node]] = []
        while self.here.text in RELATIONS and self.here.kind in ("op", "cmd"):
            op = RELATIONS[self.next().text]
            if op == "=" and self.here.text == ":":
                self.next()
                op = "=:"
            rest.append((op, self.sum()))
        self.depth -= 1
        if not rest:
            return first
        return s.Relation(first.start, rest[-1][1].stop, first, tuple(rest))

    def sum(self) -> s.Node:
        start = self.here.start
        terms = [self.signed()]
        while self.here.text in ("+", "-", "\\pm") and self.here.kind in ("op", "cmd"):
            terms.append(self.signed())
        if len(terms) == 1 and terms[0][0] == "":
            return terms[0][1]
        return s.Sum(start, terms[-1][1].stop, tuple((sign or "+", term) for sign, term in terms))

    def signed(self) -> tuple[str, s.Node]:
        sign = ""
        while self.here.text in ("+", "-") and self.here.kind == "op":
            token = self.next()
            sign = token.text if sign in ("", "+") else ("+" if token.text == "-" else "-")
        return sign, self.product()

    def product(self, inner: bool = False) -> s.Node:
        first = self.juxt()
        rest: list[tuple[str, s.Node]] = []
        while self.here.text in PRODUCTS and self.here.kind in ("op", "cmd"):
            op = PRODUCTS[self.next().text]
            rest.append((op, self.factor()))
        node = s.Product(first.start, rest[-1][1].stop, first, tuple(rest)) if rest else first
        return node if inner else self.evaluated(node)

    def factor(self) -> s.Node:
        """A factor after a written operator; a sign may stand before it."""
        if self.here.text in ("-", "+") and self.here.kind == "op":
            token = self.next()
            body = self.juxt()
            return s.Group(token.start, body.stop, "{", (s.Sum(token.start, body.stop, ((token.text, body),)),))
        return self.juxt()

    def evaluated(self, node: s.Node) -> s.Node:
        while self.is_evaluation_bar():
            self.next()
            self.next()
            at = self.script_content()
            node = s.Evaluated(node.start, at.stop, node, at)
        return node

    def is_evaluation_bar(self) -> bool:
        return (
            self.here.text in ("|", "|)")
            and self.peek().text == "_"
            and not (self.bars and self.bars[-1] == self.here.text)
        )

    # -- side by side ----------------------------------------------------------------------------------------------
    def juxt(self) -> s.Node:
        parts: list[s.Node] = []
        while True:
            if not self.starts_atom(bool(parts) and not _awaits_operand(parts[-1])):
                break
            parts.append(self.postfix(bool(parts) and isinstance(parts[-1], s.Name | s.Script | s.Word)))
        if not parts:
            raise self.fail("a number, a name or a bracket")
        return parts[0] if len(parts) == 1 else s.Juxt(parts[0].start, parts[-1].stop, tuple(parts))

    def starts_atom(self, after_operand: bool) -> bool:
        token = self.here
        if token.kind in ("num", "name", "word", "begin"):
            return not (self.integrals and after_operand and self.is_differential())
        if token.kind == "cmd":
            if token.text == "\\|":
                return self.bar_opens(token.text, after_operand)
            return not (
                token.text in RELATIONS
                or token.text in PRODUCTS
                or token.text in CONNECTIVES
                or token.text in CLOSING
                or token.text in ("\\mid", "\\pm", "\\rvert", "\\forall", "\\setminus", "\\qed", "\\over", "\\choose")
            )
        if token.kind == "op":
            if token.text == "|":
                return self.bar_opens(token.text, after_operand)
            return token.text in ("(", "[", "\\{", "{", "|(")
        return False

    def bar_opens(self, bar: str, after_operand: bool) -> bool:
        """Whether a bar here opens a pair: not if it closes one, separates, or marks where something is evaluated."""
        if self.bars and self.bars[-1] == bar:
            return False
        if not after_operand:
            return True
        if self.separated and (self.bars_ahead(bar) % 2 or (self.separated == "}" and not self.is_paired(bar))):
            return False
        return self.peek().text != "_"

    def bars_ahead(self, bar: str) -> int:
        """How many bars of this kind stand from here to the end of these brackets: pairs, if their number is even."""
        level = count = 0
        for token in self.tokens[self.at :]:
            level += (token.text in OPENING or token.text == "{") - (token.text in CLOSING)
            if level < 0:
                break
            count += level == 0 and token.text == bar
        return count

    def is_paired(self, bar: str) -> bool:
        """Whether one thing stands between this bar and the next of its kind: ``e^{-c |x|}``, not ``_{i|j, k|l}``."""
        level = 0
        for token in self.tokens[self.at + 1 :]:
            level += (token.text in OPENING or token.text == "{") - (token.text in CLOSING)
            if level == 0 and token.text == bar:
                return True
            if level < 0 or (level == 0 and token.text in SEPARATORS):
                return False
        return False

    def is_differential(self) -> bool:
        token, after = self.here, self.peek()
        if token.text not in ("d",) or token.kind not in ("name", "word"):
            return False
        return after.kind == "name" or (after.kind == "cmd" and after.text[1:] in ACCENTS | FACES)

    def postfix(self, called: bool = False) -> s.Node:
        node = self.bracket(called) if self.here.text in ("(", "[", "\\{") and self.here.kind == "op" else self.atom()
        while True:
            token = self.here
            if token.text in ("_", "^", "'") and token.kind == "op":
                node = self.scripted(node)
            elif token.text == "!" and token.kind == "op":
                self.next()
                node = s.Factorial(node.start, token.stop, node)
            else:
                return node

    def scripted(self, base: s.Node) -> s.Node:
        sub: s.Node | None = None
        sup: s.Node | None = None
        primes = 0
        while self.here.kind == "op" and self.here.text in ("_", "^", "'"):
            token = self.next()
            if token.text == "'":
                primes += 1
            elif token.text == "_":
                if sub is not None:
                    raise self.fail("one subscript", token, "write both in one group: x_{i,j}")
                sub = self.script_content()
            else:
                if sup is not None:
                    raise self.fail("one superscript", token, "write braces around the inner one")
                sup = self.script_content()
        scripted = s.Script(base.start, self.tokens[self.at - 1].stop, base, sub, sup, primes)
        return commands.partial_below(scripted) or scripted

    def limits(self) -> tuple[s.Node | None, s.Node | None]:
        """What stands below and above a big operator, either once."""
        found: dict[str, s.Node] = {}
        while self.here.kind == "op" and self.here.text in ("_", "^"):
            token = self.next()
            if token.text in found:
                raise self.fail("one limit below and one above", token, "write both in one group: \\sum_{i,j}")
            found[token.text] = self.script_content()
        return found.get("_"), found.get("^")

    def script_content(self) -> s.Node:
        """What stands after ``_`` or ``^``: one token, a command with its arguments, or a braced list."""
        token = self.here
        if token.text == "{" and token.kind == "op":
            return self.braced_list()
        if token.kind == "num" and len(token.text) > 1:
            return self.first_digit()
        if token.text in SCRIPT_MARKS and token.kind in ("op", "cmd", "name"):
            self.next()
            return s.Name(token.start, token.stop, SCRIPT_MARKS[token.text])
        if token.kind == "stop":
            raise self.fail("something after “_” or “^”")
        return self.atom()

    def first_digit(self) -> s.Node:
        token = self.here
        rest = Token("num", token.text[1:], token.start + 1, token.stop)
        self.tokens[self.at : self.at + 1] = [Token("num", token.text[0], token.start, token.start + 1), rest]
        self.go_to(self.at)
        token = self.next()
        return s.Number(token.start, token.stop, token.text)

    def braced_list(self) -> s.Node:
        opened = self.next()
        marked = self.marked_script()
        if marked is not None:
            return marked
        text, more, last = self.here.text, self.peek().text, self.peek(2).text
        if last == "}" and ((text in _SIGNED and more == "0") or text == more == "+"):  # \mathbb{R}_{>0}
            self.next(), self.next()
            return s.Name(opened.start, self.next().stop, _SIGNED.get(text, "++"))
        if PRODUCTS.get(self.here.text) == "\\odot":
            return self.entry_power(opened)
        if self.here.text == "}":
            closed = self.next()
            return s.Group(opened.start, closed.stop, "{", ())
        items, seps = self.enclosed("}", separated=True)
        if self.here.text in commands.STACKED and len(items) == 1:
            return commands.stacked(self, opened, items[0])
        self.expect("}", opened)
        return items[0] if len(items) == 1 else s.Group(opened.start, self.tokens[self.at - 1].stop, "{", items, seps)

    def entry_power(self, opened: Token) -> s.Node:
        """``{\\odot 2}``: a power, entry by entry."""
        mark = self.next()
        content = self.sum()
        closed = self.expect("}", opened)
        return s.Juxt(opened.start, closed.stop, (s.Name(mark.start, mark.stop, "\\odot"), content))

    def marked_script(self) -> s.Node | None:
        """``{*}``, ``{**}`` and ``{*\\top}``: a mark that is part of the name, and a transpose after it."""
        marks = ("*", "+", "-", "\\star", "\\dagger", "\\perp", "\\|")
        token, after = self.here, self.peek()
        if token.text not in marks:
            return None
        if after.text == "}":
            self.next()
            self.next()
            return s.Name(token.start, token.stop, SCRIPT_MARKS[token.text])
        if self.peek(2).text != "}" or token.text in ("+", "-"):
            return None
        if after.text not in (token.text, "T", "\\top", "\\intercal"):
            return None
        for _ in range(3):
            self.next()
        if after.text == token.text:
            return s.Name(token.start, after.stop, token.text * 2)
        parts = (s.Name(token.start, token.stop, token.text), s.Name(after.start, after.stop, after.text))
        return s.Juxt(token.start, after.stop, parts)

    # -- atoms -----------------------------------------------------------------------------------------------------
    def atom(self) -> s.Node:
        self.deeper()
        node = self.atom_here()
        self.depth -= 1
        return node

    def atom_here(self) -> s.Node:
        token = self.here
        match token.kind:
            case "num":
                self.next()
                return s.Number(token.start, token.stop, token.text)
            case "name":
                self.next()
                return s.Name(token.start, token.stop, token.text)
            case "word":
                return self.word()
            case "begin":
                return environments.environment(self)
            case "cmd":
                return commands.command(self)
            case "op" if token.text in OPENING or token.text in ("{", "|", "|("):
                return self.bracket()
        raise self.fail("a number, a name or a bracket")

    def word(self) -> s.Node:
        token = self.next()
        kind = BIG_WORDS.get(token.text.lower())
        if kind is not None and (kind.startswith("arg") or self.here.text == "_"):
            return commands.big(self, token, kind)
        if token.text in PLAIN_UPRIGHT:
            return s.Name(token.start, token.stop, token.text)
        return s.Word(token.start, token.stop, token.text)

    def bracket(self, called: bool = False) -> s.Node:
        opened = self.next()
        if opened.text == "{":
            return self.braces(opened)
        if opened.text in ("|", "|("):
            return self.bars_group(opened, "|)" if opened.text == "|(" else "|", "|")
        self.deeper()
        items, seps = self.enclosed(OPENING[opened.text], called)
        self.depth -= 1
        if self.here.text not in (")", "]", "\\}", "\\rangle", "\\rfloor"):
            raise self.fail(f"“{OPENING[opened.text]}” to close “{opened.text}”")
        if self.here.text != OPENING[opened.text] and {opened.text, self.here.text} not in ({"(", "]"}, {"[", ")"}):
            raise self.fail(f"“{OPENING[opened.text]}” to close “{opened.text}”")
        closed = self.next()
        kind = opened.text if closed.text == OPENING[opened.text] else opened.text + closed.text
        return s.Group(opened.start, closed.stop, kind, items, seps)

    def enclosed(self, close: str, separated: bool) -> tuple[tuple[s.Node, ...], tuple[str, ...]]:
        """A list in brackets, where bars and differentials start afresh."""
        outside = self.bars, self.integrals, self.separated
        self.bars, self.integrals, self.separated = [], 0, close if separated else ""
        items = self.items(close)
        self.bars, self.integrals, self.separated = outside
        return items

    def bars_group(self, opened: Token, close: str, kind: str) -> s.Node:
        self.bars.append(close)
        body = self.relation()
        self.bars.pop()
        if self.here.text != close and not (close == "|)" and self.here.text == "|"):
            raise self.fail(f"“{kind}” to close “{kind}”")
        closed = self.next()
        return s.Group(opened.start, closed.stop, "||" if kind == "\\|" else "|", (body,))

    def braces(self, opened: Token) -> s.Node:
        """A TeX group: transparent, except that what is in it stays together."""
        if self.here.text == "}":
            closed = self.next()
            return s.Group(opened.start, closed.stop, "{", ())
        items, seps = self.enclosed("}", separated=False)
        if self.here.text in commands.STACKED and len(items) == 1:
            return commands.stacked(self, opened, items[0])
        self.expect("}", opened)
        if len(items) == 1 and not isinstance(items[0], s.Sum | s.Product | s.Juxt | s.Relation | s.Script):
            return items[0]
        return s.Group(opened.start, self.tokens[self.at - 1].stop, "{", items, seps)

    def items(self, close: str) -> tuple[tuple[s.Node, ...], tuple[str, ...]]:
        """A list with separators, up to (not including) ``close``."""
        items: list[s.Node] = []
        seps: list[str] = []
        if self.here.text == close:
            return (), ()
        while True:
            items.append(self.item())
            token = self.here
            if token.text in SEPARATORS or token.text in ("\\mid", "|", "\\|"):
                self.next()
                twice = token.text == self.here.text == "\\mid" and bool(self.next())
                seps.append("||" if twice else {"\\mid": "|", "\\|": "||"}.get(token.text, token.text))
            elif token.text in CONNECTIVES:
                self.next()
                seps.append(CONNECTIVES[token.text])
            elif token.kind == "row":
                self.next()
                seps.append(",")
            else:
                return tuple(items), tuple(seps)

    def item(self) -> s.Node:
        token = self.here
        if token.text in ("\\dots", "..") and self.peek().text in (",", ";", ")", "}", "\\}", "]"):
            self.next()
            return s.Dots(token.start, token.stop)
        if token.text == ":" and self.peek().text in (",", "}"):  # all of them: X_{i,:}
            self.next()
            return s.Name(token.start, token.stop, ":")
        if token.text in ("\\cdot", "*") and self.peek().text in (",", ";", ")", "]", "|", "\\mid"):
            self.next()
            return s.Name(token.start, token.stop, "\\cdot")
        return self.relation()

    # -- commands --------------------------------------------------------------------------------------------------

    def argument(self) -> s.Node:
        """The argument of a command: a braced group or one token."""
        if self.here.kind == "num" and len(self.here.text) > 1:
            return self.first_digit()
        if self.here.kind == "stop":
            raise self.fail("an argument")
        return self.atom()


def _awaits_operand(node: s.Node) -> bool:
    """Whether a prefix function such as ``\\log`` still waits for what it applies to."""
    base = node.base if isinstance(node, s.Script) else node
    if isinstance(base, s.Diff):
        return base.body is None
    return (isinstance(base, s.Word) and base.text in FUNCTION_COMMANDS) or (
        isinstance(base, s.Name) and base.text == "\\nabla"
    )


MAX_KEPT = 600
"""The longest expression, in tokens, whose tree is kept for the next look at it."""


def parsed(tokens: Sequence[Token], goes_on: bool = False) -> s.Node:
    """The tree of one expression or chain of relations from its tokens; the very same one where they are the same. A
    chain that ``goes_on`` begins with its relation: what stands before it is an empty group."""
    make = _kept if len(tokens) <= MAX_KEPT else _made
    return make(tuple(tokens), goes_on)


def _made(tokens: tuple[Token, ...], goes_on: bool) -> s.Node:
    parser = Parser(list(tokens))
    start = tokens[0].start
    return parser.continued(s.Group(start, start, "{", ())) if goes_on else parser.whole()


_kept = lru_cache(maxsize=1024)(_made)


def parse(text: str, offset: int = 0) -> s.Node:
    """The tree of one expression or chain of relations.

    >>> s.key(parse(r"\\mathbf x_{n}"))
    '\\\\mathbf{x}_n'
    """
    return parsed(tokenize(text, offset))
