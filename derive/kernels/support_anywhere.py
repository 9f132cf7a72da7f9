"""What modules for any array library call, through the array API standard; each function is copied as it stands.

Nothing here looks at values, so that lazy and compiled arrays stay what they are: where the NumPy modules raise an
error for 0 / 0 or a label out of range, these give NaN or whatever the library gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the functions run where they are copied to, below this import; derive itself does without
    from array_api_compat import array_namespace, is_dask_array, is_numpy_array


def _namespace(*arrays: Any) -> Any:
    """The library of the first array that is not NumPy's, else NumPy."""
    known = [a for a in arrays if hasattr(a, "__array_namespace__") or type(a).__module__.split(".")[0] in _LIBRARIES]
    others = [array for array in known if not is_numpy_array(array)]
    return array_namespace(*(others or known)[:1])


_LIBRARIES = ("torch", "jax", "jaxlib", "dask", "numpy")


def _floats(*arrays: Any) -> tuple[Any, ...]:
    """The arguments as arrays of one library and one floating-point type; beside Dask, NumPy's stay as they are."""
    xp = _namespace(*arrays)
    lazy = any(is_dask_array(array) for array in arrays)
    given = [array for array in arrays if hasattr(array, "dtype")]
    kinds = [(array if lazy else xp.asarray(array)).dtype for array in given if "float" in str(array.dtype)]
    dtype = xp.result_type(*kinds) if kinds else xp.float64
    found = [_array(xp, array, dtype, lazy) for array in arrays]
    return tuple(array if array.dtype == dtype else array_namespace(array).astype(array, dtype) for array in found)


def _array(xp: Any, value: Any, dtype: Any, lazy: bool) -> Any:
    """A value as an array, a number as one of this type."""
    if hasattr(value, "dtype"):
        return value if lazy else xp.asarray(value)
    return xp.asarray(value, dtype=dtype)


def _sizes(**arrays: tuple[Any, tuple[str, ...]]) -> dict[str, int]:
    """The length of each named axis; ``ValueError`` says which argument disagrees, and with what."""
    found: dict[str, tuple[int, str]] = {}
    for name, (array, axes) in arrays.items():
        wanted = f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"
        if array.ndim != len(axes):
            raise ValueError(f"{name}: expected shape {wanted}, found {tuple(array.shape)}")
        for axis, length in zip(axes, array.shape, strict=True):
            known = (int(axis), "every case") if axis.isdigit() else found.setdefault(axis, (length, name))
            if known[0] != length:
                differs = f"{axis} is {length} here and {known[0]} in {known[1]}"
                raise ValueError(f"{name}: expected shape {wanted}, found {tuple(array.shape)}: {differs}")
    return {axis: length for axis, (length, _) in found.items()}


def _labels(name: str, labels: Any, low: int, high: int) -> Any:
    """Labels as whole numbers; their values are not looked at."""
    xp = array_namespace(labels)
    return xp.astype(labels, xp.int64)


def _binary(name: str, values: Any) -> None:
    """Values are not looked at."""


def _not_zero(name: str, values: Any) -> None:
    """Values are not looked at."""


def _ratio(a: Any, b: Any) -> Any:
    """a / b."""
    return a / b


def _quotient(a: Any, b: Any) -> Any:
    """a / b entry by entry."""
    return a / b


def _log(a: Any) -> Any:
    """log a."""
    return array_namespace(a).log(a)


def _logistic(a: Any) -> Any:
    """1 / (1 + exp(-a)) without overflow."""
    xp = array_namespace(a)
    small = xp.exp(-xp.abs(a))
    return xp.where(a >= 0, xp.ones_like(small), small) / (1 + small)


def _softplus(a: Any) -> Any:
    """log(1 + exp(a)) without overflow."""
    xp = array_namespace(a)
    return xp.where(a > 0, a, xp.zeros_like(a)) + xp.log1p(xp.exp(-xp.abs(a)))


def _relu(a: Any) -> Any:
    """max(a, 0), NaN where a is."""
    xp = array_namespace(a)
    return xp.where(a < 0, xp.zeros_like(a), a)


def _softmax(a: Any, axis: int) -> Any:
    """exp(a) / sum(exp(a)) along an axis; the greatest entry is taken off first."""
    xp = array_namespace(a)
    e = xp.exp(a - xp.max(a, axis=axis, keepdims=True))
    return e / xp.sum(e, axis=axis, keepdims=True)


def _logsumexp(a: Any, axis: int) -> Any:
    """log(sum(exp(a))) along an axis; the greatest entry is taken off first."""
    xp = array_namespace(a)
    top = xp.max(a, axis=axis, keepdims=True)
    top = xp.where(xp.isinf(top), xp.zeros_like(top), top)
    return xp.log(xp.sum(xp.exp(a - top), axis=axis)) + xp.squeeze(top, axis=axis)


def _column_dot(a: Any, b: Any) -> Any:
    """The dot product of each column of ``a`` with that of ``b``."""
    return array_namespace(a).sum(a * b, axis=0)


def _log_power(count: Any, logs: Any) -> Any:
    """``count @ logs.T`` with 0 log 0 = 0: what never occurs may have probability zero."""
    xp = array_namespace(logs)
    impossible = xp.isinf(logs)
    found = count @ xp.where(impossible, xp.zeros_like(logs), logs).T
    more = array_namespace(count)
    hit = more.astype(count != 0, found.dtype) @ xp.astype(impossible, found.dtype).T > 0
    xp = array_namespace(found)
    return xp.where(hit, -xp.inf * xp.ones_like(found), found)


def _whitening(a: Any, name: str) -> Any:
    """The triangular T with TᵀT = a⁻¹, for each matrix."""
    xp = array_namespace(a)
    return xp.linalg.inv(xp.linalg.cholesky(a))


def _taken(a: Any, labels: Any) -> Any:
    """From each row the entry of its label, which is 1 for the first."""
    xp = array_namespace(a)
    chosen = xp.arange(1, a.shape[1] + 1)[None, :] == labels[:, None]
    return xp.sum(xp.where(chosen, a, xp.zeros_like(a)), axis=1)


def _log_diagonal(a: Any) -> Any:
    """The logarithm of the determinant of each triangular matrix."""
    xp = array_namespace(a)
    return xp.sum(xp.log(xp.linalg.diagonal(a)), axis=-1)


def _solve(a: Any, b: Any) -> Any:
    """The solution of a u = b, for each matrix and vector."""
    return array_namespace(a).linalg.solve(a, b[..., None])[..., 0]


def _least_squares(x: Any, y: Any, weight: Any = None) -> Any:
    """The u with the least Σ_n weight_n (y_n - x_n·u)²; x (…, n, m), y and weight (…, n), one problem at a time."""
    xp = _namespace(x, y, weight)
    parts = ((x, 2), (y, 1), (weight, 1))
    depth = max(part.ndim - axes for part, axes in parts if part is not None)
    if depth:
        many = [part is not None and part.ndim - axes == depth for part, axes in parts]
        length = max(part.shape[0] for (part, _), own in zip(parts, many, strict=True) if own)
        picked = [(part, part.shape[0] if own else 0) for (part, _), own in zip(parts, many, strict=True)]
        rows = [[part[k % own] if own else part for part, own in picked] for k in range(length)]
        return xp.stack([_least_squares(*row) for row in rows], axis=0)
    if weight is not None:
        root = xp.sqrt(weight)
        x, y = x * root[:, None], y * root
    q, r = xp.linalg.qr(x)
    return xp.linalg.solve(r, (q.T @ y)[:, None])[:, 0]


def _inverse(a: Any) -> Any:
    """The inverse of each matrix."""
    return array_namespace(a).linalg.inv(a)
