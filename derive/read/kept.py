"""What was read lately, so that the same text is tokenized, parsed and resolved once: a document is read in several
looks (for declarations, for definitions, for what waits), and most of them come upon the same formulas."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from derive.language.context import Context
from derive.read.errors import ReadError

T = TypeVar("T")

CONTEXTS = 8
"""For how many contexts readings are kept, those asked for last."""

READINGS = 2_000
"""How many readings are kept for one of them; then it begins anew."""

_KEPT: OrderedDict[int, tuple[Context, dict[Hashable, tuple[object, object]]]] = OrderedDict()


def once(context: Context, kind: str, thing: object, further: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` makes of ``thing`` in a context (or the error that it raises), made once for the very same object
    and the same ``further`` circumstances. ``read`` may depend on nothing else."""
    known = _of(context)
    key = (kind, id(thing), further)
    held = known.get(key)
    if held is None:
        if len(known) >= READINGS:
            known.clear()
        try:
            held = (thing, read())
        except ReadError as problem:
            held = (thing, problem)
        known[key] = held  # the thing is held too, so that its id stays its own
    answer = held[1]
    if isinstance(answer, ReadError):
        raise answer.with_traceback(None)
    return answer  # type: ignore[return-value] # what read() gave for this key


def _of(context: Context) -> dict[Hashable, tuple[object, object]]:
    """The readings of a context: the very object, since contexts never change."""
    held = _KEPT.get(id(context))
    if held is None or held[0] is not context:
        held = _KEPT[id(context)] = (context, {})
    _KEPT.move_to_end(id(context))
    while len(_KEPT) > CONTEXTS:
        _KEPT.popitem(last=False)
    return held[1]
