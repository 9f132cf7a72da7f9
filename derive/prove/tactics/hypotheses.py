"""What may be used to show a goal: the equations among the facts, and the ways to read them."""

from __future__ import annotations

from derive.language.terms import Rel
from derive.prove.evidence import Options
from derive.prove.workbench import Workbench


def facts_of(bench: Workbench) -> tuple[Rel, ...]:
    """The equations among the facts."""
    return tuple(f.statement for f in bench.context.facts if isinstance(f.statement, Rel) and f.statement.op == "=")


def readings(bench: Workbench) -> list[Options]:
    """How hypotheses and goal are read, the cheapest way first: what holds for any value of a defined quantity holds
    for its own. Where there are no facts, leaving them out is not another way; where nothing has two values, nor is
    looking at each of them."""
    folded = [bench.defined] if bench.defined else []
    bare = (False, True) if bench.context.facts else (False,)
    found = [Options(without_facts=each, folded=names) for names in (*folded, frozenset()) for each in bare]
    return [*found, *([Options(split_binary=True)] if _has_two_values(bench) else [])]


def _has_two_values(bench: Workbench) -> bool:
    """Whether some quantity that nothing defines is one of two numbers."""
    decls = bench.context.symbols.values()
    return any(decl.definition is None and (len(decl.values) == 2 or "binary" in decl.properties) for decl in decls)
