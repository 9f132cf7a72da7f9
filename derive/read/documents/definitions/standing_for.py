r"""``With $a = \alpha_t$``: a number without an index stands for a member of a family, t being the same throughout."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.definitions.forgetting import without_names
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.lookup import OF_ONE
from derive.read.targets import add_option, put


def member(node: s.Node, body: s.Node, text: str, index: str, context: Context) -> Defined | None:
    """The declared quantity ``node``, of which nothing is said, as another way to write ``body``, made of index."""
    found = primitive(node, context)
    if found is None or found.indices or index not in context.indices:
        return None
    try:
        readings = node_readings(body, context)
    except ReadError:
        return None
    if any(typed.shape != context.symbols[found.name].shape for typed in readings):
        return None
    if any(depends_on(context, name, found.name) for typed in readings for name in mentioned(context, typed.term)):
        return None
    bare = without_names(context, frozenset({found.name}))
    named = add_option(put(bare, "alias", found.name, body), OF_ONE, (found.name,))
    return Defined(named, f"{found.name} stands for {text}, with the same {index} throughout")
