"""What a reader says when it cannot read: what was expected, where, and what to do."""

from __future__ import annotations

from derive.language.terms import Span


class ReadError(ValueError):
    """A piece of text that has no reading. ``span`` is where; ``hint`` what to do about it."""

    def __init__(self, message: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class Undeclared(ReadError):
    """A name that nothing declares; ``name`` is its text, so that a caller may declare it."""

    def __init__(self, name: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(f"{name} is not declared", span, hint)
        self.name = name


class Awaited(Undeclared):
    """Something that documents use to define soon after: a posterior under an expectation."""


class UnknownRange(Undeclared):
    """A sum over an index of which neither the sum nor a declaration says what it runs over."""

    def __init__(self, name: str, span: Span | None = None) -> None:
        super().__init__(name, span, f"declare “index {name} = 1..K”")
        self.index = name
        self.message = f"the range of the index {name} is not known"


class NotASize(ReadError):
    """A name where a size is needed (the end of a range) that nothing declares as one."""

    def __init__(self, name: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(f"expected a size such as N or 2K-1, found {name}", span, hint)
        self.name = name


class UntoldSize(ReadError):
    """A literal, such as I, of which nothing around it says how large it is."""


class NoSuchForm(ReadError):
    """A function is declared, but not with arguments like these; ``name`` is its text."""

    def __init__(self, message: str, name: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message, span, hint)
        self.name = name


class NeedsPlace(ReadError):
    """A derivative is taken at an expression: it needs a variable of its own, which a caller may declare."""


class WrongIndices(ReadError):
    """The family ``name`` is declared, and written here with another number of indices (``given`` of them), or with one
    that it does not have."""

    def __init__(self, message: str, name: str, span: Span | None = None, hint: str = "", given: int = -1) -> None:
        super().__init__(message, span, hint)
        self.name = name
        self.given = given


class UnknownSet(ReadError):
    """A sum over ``index`` in the set ``members``, of which nothing is declared."""

    def __init__(self, index: str, members: str, span: Span | None = None) -> None:
        super().__init__(f"the set {members} is not known", span, f"declare “index {index} \\in {members}”")
        self.index = index
        self.members = members


class WrongRange(ReadError):
    """The index ``index`` runs over more than ``name``, which it is an index of."""

    def __init__(self, message: str, span: Span | None = None, hint: str = "", name: str = "", index: str = "") -> None:
        super().__init__(message, span, hint)
        self.name = name
        self.index = index


class ShapeRefusal(ReadError):
    """The text can be read, but its shapes do not fit: an answer of its own."""


class DeclarationError(ValueError):
    """A declaration that cannot be used. ``statement`` is its text; ``span`` where in the whole declaration text;
    ``index`` the index it mentions that is none of its name."""

    def __init__(self, message: str, statement: str = "", span: Span | None = None, index: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.index = index
        self.statement = statement
        self.span = span

    def __str__(self) -> str:
        where = f" at character {self.span.start}" if self.span else ""
        what = f" in “{self.statement}”" if self.statement else ""
        return f"{self.message}{what}{where}"


def caret(text: str, error: ReadError | DeclarationError) -> str:
    """The line of ``text`` where the error is, with a caret under its first character."""
    if error.span is None:
        return str(error)
    start = min(error.span.start, len(text))
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)]
    return f"{line}\n{' ' * (start - begin)}^ {error}"
