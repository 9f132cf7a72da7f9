"""Terms in one short line, for comparing readings in tests."""

from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)  # fmt: skip


def _list(terms: tuple[Term, ...]) -> str:
    return ", ".join(map(show, terms))


def show(term: Term) -> str:
    """A term as nested calls: ``x^2 y`` is ``mul(pow(x, 2), y)``."""
    match term:
        case Num(value=value):
            return str(value)
        case Const(name) | Size(name) | Index(name):
            return name
        case Sym(name, indices):
            return name + (f"[{_list(indices)}]" if indices else "")
        case Entry(base, indices):
            return f"{show(base)}@[{_list(indices)}]"
        case Op(name, args):
            return f"{name}({_list(args)})"
        case Apply(name, args, indices):
            return name + (f"[{_list(indices)}]" if indices else "") + f"({_list(args)})"
        case Big(kind, var, range_, body, where):
            return f"{kind}({var}={range_}" + (f" | {show(where)}" if where else "") + f": {show(body)})"
        case Integral(var, body, _, low, high):
            limits = f" {show(low)}..{show(high)}" if low is not None and high is not None else ""
            return f"int({var}{limits}: {show(body)})"
        case Expect(var, _, density, body):
            return f"E({var} ~ {show(density)}: {show(body)})"
        case Deriv(body, wrt, local):
            return f"{'local' if local else 'd'}({show(body)} / {show(wrt)})"
        case At(body, var, value):
            return f"at({show(body)}, {show(var)}={show(value)})"
        case Array(pairs, body):
            return f"array({', '.join(name for name, _ in pairs)}: {show(body)})"
        case Matrix(rows):
            return "[" + "; ".join(_list(row) for row in rows) + "]"
        case Cases(branches):
            parts = [show(value) + (f" if {show(when)}" if when is not None else "") for value, when in branches]
            return "cases(" + ", ".join(parts) + ")"
        case Rel(op, left, right):
            return f"{show(left)} {op} {show(right)}"
    return repr(term)
