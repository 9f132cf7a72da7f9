r"""The entropy that a sentence speaks of: ``The entropy of $q$ is $H(q) = …$`` of a known density claims its value."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.distributed import spelled_out
from derive.read.documents.definitions.defining import Defined, is_undeclared
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse
from derive.read.resolver import Resolver

_ENTROPY = re.compile(r"(?i)(?<![\w-])(?:differential\s+|Shannon\s+)?entropy\b")
_OTHER = re.compile(r"(?i)\b(?:cross|relative|conditional|joint|maximum|negative|R[eé]nyi|Tsallis)[\s-]+entropy\b")
_HEADS = frozenset({"H", "h", "\\mathbb{H}", "\\mathcal{H}", "\\mathrm{H}"})


def entropy(first: s.Node, text: str, words: str, context: Context) -> Defined | None:
    """The context in which ``H(q)``, written as ``text``, is the mean of minus the logarithm of the density q; None
    where the words of its sentence do not call it the entropy, or q is no density that is known here."""
    if not _ENTROPY.search(words) or _OTHER.search(words) or not is_undeclared(first, context):
        return None
    match first:
        case s.Juxt(parts=(head, s.Group(bracket="(" | "[", items=(density,)))) if s.key(head) in _HEADS:
            pass
        case _:
            return None
    try:
        call = s.key(spelled_out(Resolver(context), density))
        body = f"-\\mathbb{{E}}_{{{call}}}[\\log {call}]"
        node_readings(parse(body), context)
        return Defined(declare(f"let {text} := {body}", context), f"let {text} := {body}")
    except (DeclarationError, ReadError):
        return None


__all__ = ["entropy"]
