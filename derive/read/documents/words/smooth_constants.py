r"""Constants that only words introduce, the L of ``$L$-smooth``, the μ of ``$\mu$-strongly convex``: positive."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError

_AFTER = re.compile(r"(?i)-\s*(?:strongly[\s-]+(?:convex|concave)|smooth|Lipschitz|strong(?:ly)?\b)")
_NAME = re.compile(r"\s*(?:[A-Za-z]|\\(?:mu|beta|ell|rho|kappa|alpha|lambda|gamma|sigma|nu|tau))\s*\Z")


def constant(text: str, after: str, context: Context) -> Defined | None:
    """The constant of a property that the words behind its letter name, where nothing declares it.

    >>> constant("L", "-smooth, that is, ", Context()).text
    'L > 0'
    >>> constant("L", " is smooth", Context()), constant("f(x)", "-smooth", Context())
    (None, None)
    """
    name = text.strip()
    if not _AFTER.match(after) or not _NAME.match(text):
        return None
    if any(name in known for known in (context.symbols, context.functions, context.indices, context.sizes)):
        return None
    said = f"{name} > 0"
    try:
        return Defined(declare(said, context), said)
    except DeclarationError:
        return None


__all__ = ["constant"]
