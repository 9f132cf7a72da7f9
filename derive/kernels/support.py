"""What emitted modules call: each function here is copied, as it stands, into the modules that need it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
"""An array of floating-point numbers: float32 stays float32."""
Number = np.floating[Any] | Floats


def _floats(*arrays: ArrayLike) -> tuple[Floats, ...]:
    """The arguments as arrays of one floating-point type: the widest array's, or float64 if none has one."""
    found = [np.asarray(array) for array in arrays]
    given = [new for old, new in zip(arrays, found, strict=True) if not isinstance(old, int | float)]
    kinds = [array.dtype for array in given if array.dtype.kind == "f"]
    dtype = np.result_type(*kinds) if kinds else np.dtype(np.float64)
    for array in found:
        if array.dtype.kind not in "fiub":
            raise TypeError(f"expected real numbers, found an array of {array.dtype}")
    return tuple(array.astype(dtype, copy=False) for array in found)


def _sizes(**arrays: tuple[NDArray[Any], tuple[str, ...]]) -> dict[str, int]:
    """The length of each named axis; ``ValueError`` says which argument disagrees, and with what."""
    found: dict[str, tuple[int, str]] = {}
    for name, (array, axes) in arrays.items():
        wanted = f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"
        if array.ndim != len(axes):
            raise ValueError(f"{name}: expected shape {wanted}, found {array.shape}")
        for axis, length in zip(axes, array.shape, strict=True):
            known = (int(axis), "every case") if axis.isdigit() else found.setdefault(axis, (length, name))
            if known[0] != length:
                differs = f"{axis} is {length} here and {known[0]} in {known[1]}"
                raise ValueError(f"{name}: expected shape {wanted}, found {array.shape}: {differs}")
    return {axis: length for axis, (length, _) in found.items()}


def _slices(length: int, *widths: int) -> list[slice]:
    """Slices of an axis of this length, of which some arrays with these other lengths fit into a processor's cache."""
    rows = max(64, 100_000 // max((1, *widths)) // 8 * 8)
    return [slice(start, min(start + rows, length)) for start in range(0, length, rows)]


def _labels(name: str, labels: ArrayLike, low: int, high: int) -> NDArray[np.int64]:
    """Labels as whole numbers from ``low`` to ``high``; anything else is an error."""
    found = np.asarray(labels)
    whole = found.astype(np.int64)
    if not np.array_equal(found, whole) or (whole.size and (whole.min() < low or whole.max() > high)):
        raise ValueError(f"{name}: expected whole numbers from {low} to {high}")
    return whole


def _ratio(a: Number, b: Number) -> Floats:
    """a / b; a / 0 is infinite, and 0 / 0 an error: nothing determines it (a component without weight, no sample)."""
    if np.any((b == 0) & (a == 0)):
        raise ZeroDivisionError("0 / 0: a component without weight, or no samples; the result is not determined")
    with np.errstate(divide="ignore"):
        found: Floats = np.divide(a, b)
    return found


def _quotient(a: Floats, b: Floats) -> Floats:
    """a / b entry by entry, without warnings: a / 0 is infinite, 0 / 0 is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.divide(a, b)
    return found


def _binary(name: str, values: Floats) -> None:
    """``ValueError`` unless every entry is 0 or 1 (NaN is let through)."""
    if np.any((values != 0) & (values != 1) & ~np.isnan(values)):
        raise ValueError(f"{name}: expected 0 and 1 only")


def _not_zero(name: str, values: Floats) -> None:
    """``ZeroDivisionError`` if an entry is 0: nothing determines what is divided by it (a variance, say)."""
    if np.any(values == 0):
        raise ZeroDivisionError(f"{name}: expected numbers above 0, found 0: the result is not determined")


def _log(a: Floats) -> Floats:
    """log a, with log 0 = -inf without a warning: a weight may be zero."""
    with np.errstate(divide="ignore"):
        found: Floats = np.log(a)
    return found


def _logistic(a: Floats) -> Floats:
    """1 / (1 + exp(-a)) without overflow."""
    small = np.exp(-np.abs(a))
    found: Floats = np.where(a >= 0, 1, small) / (1 + small)
    return found


def _softplus(a: Floats) -> Floats:
    """log(1 + exp(a)) without overflow."""
    return np.maximum(a, 0) + np.log1p(np.exp(-np.abs(a)))


def _relu(a: Floats) -> Floats:
    """max(a, 0), NaN where a is."""
    return np.maximum(a, 0)


def _softmax(a: Floats, axis: int, out: Floats | None = None) -> Floats:
    """exp(a) / sum(exp(a)) along an axis; the greatest entry is taken off first. ``out`` may be ``a`` itself."""
    if a.shape[axis] == 0:
        return np.array(a)
    e: Floats = np.subtract(a, np.max(a, axis=axis, keepdims=True), out=out)
    np.exp(e, out=e)
    e /= np.sum(e, axis=axis, keepdims=True)
    return e


def _logsumexp(a: Floats, axis: int) -> Floats:
    """log(sum(exp(a))) along an axis; the greatest entry is taken off first."""
    top = np.max(a, axis=axis, keepdims=True)
    top = np.where(np.isinf(top), np.zeros_like(top), top)
    with np.errstate(divide="ignore"):
        found: Floats = np.log(np.sum(np.exp(a - top), axis=axis)) + np.squeeze(top, axis=axis)
    return found


def _column_dot(a: Floats, b: Floats) -> Floats:
    """The dot product of each column of ``a`` with that of ``b``."""
    found: Floats = np.einsum("ij,ij->j", a, b)
    return found


def _row_dot(a: Floats, b: Floats) -> Floats:
    """The dot product of each row of ``a`` with that of ``b``."""
    found: Floats = np.einsum("ij,ij->i", a, b)
    return found


def _log_power(count: Floats, logs: Floats) -> Floats:
    """``count @ logs.T`` with 0 log 0 = 0: what never occurs may have probability zero."""
    impossible = np.isneginf(logs)
    found: Floats = count @ np.where(impossible, 0, logs).T if impossible.any() else count @ logs.T
    if not impossible.any():
        return found
    return np.where((count != 0).astype(count.dtype) @ impossible.astype(count.dtype).T > 0, -np.inf, found)


def _whitening(a: Floats, name: str) -> Floats:
    """The triangular T with TᵀT = a⁻¹, for each matrix; NaN and infinity give NaN, other matrices an error."""
    finite = np.isfinite(a).all(axis=(-2, -1), keepdims=True)
    safe = np.where(finite, a, np.eye(a.shape[-1], dtype=a.dtype))
    if not np.allclose(safe, np.matrix_transpose(safe), rtol=1e-6, atol=0):
        raise ValueError(f"{name}: expected symmetric matrices")
    try:
        factor = np.linalg.inv(np.linalg.cholesky(safe))
    except np.linalg.LinAlgError as problem:
        raise np.linalg.LinAlgError(f"{name}: expected positive definite matrices, found one that is not") from problem
    found: Floats = np.where(finite, factor, np.nan).astype(a.dtype, copy=False)
    return found


def _taken(a: Floats, labels: NDArray[np.int64]) -> Floats:
    """From each row the entry of its label, which is 1 for the first."""
    found: Floats = np.take_along_axis(a, labels[:, None] - 1, axis=1)[:, 0]
    return found


def _log_diagonal(a: Floats) -> Floats:
    """The logarithm of the determinant of each triangular matrix."""
    found: Floats = np.sum(np.log(np.linalg.diagonal(a)), axis=-1)
    return found


def _solve(a: Floats, b: Floats) -> Floats:
    """The solution of a u = b, for each matrix and vector; a singular matrix is an error, NaN gives NaN."""
    try:
        found: Floats = np.linalg.solve(a, b[..., None])[..., 0]
    except np.linalg.LinAlgError as problem:
        raise np.linalg.LinAlgError("a matrix to be inverted is singular: the result is not determined") from problem
    return found


def _least_squares(x: Floats, y: Floats, weight: Floats | None = None) -> Floats:
    """The u with the least Σ_n weight_n (y_n - x_n·u)², rows x_n triangularised slice by slice; NaN gives NaN.

    x (…, n, m), y and weight (…, n) to (…, m). Inputs that do not determine u, but for rounding, are an error.
    """
    n, m = x.shape[-2:]
    batch = np.broadcast_shapes(x.shape[:-2], y.shape[:-1], () if weight is None else weight.shape[:-1])
    r: Floats = np.zeros((*batch, m + 1, m + 1), x.dtype)
    for rows in _slices(n, r.size // (m + 1)):
        part: Floats = np.empty((*batch, m + 1 + rows.stop - rows.start, m + 1), x.dtype)
        part[..., : m + 1, :] = r
        part[..., m + 1 :, :m] = x[..., rows, :]
        part[..., m + 1 :, m] = y[..., rows]
        if weight is not None:
            part[..., m + 1 :, :] *= np.sqrt(weight[..., rows])[..., None]
        r = np.asarray(np.linalg.qr(part, mode="r"))  # an array with this mode, whatever its type is said to be
    square = r[..., :m, :m]
    smallest = 10 * m * np.finfo(x.dtype).eps * np.sqrt(np.sum(np.square(square), axis=-2))
    if np.any(np.abs(np.linalg.diagonal(square)) <= smallest):
        raise np.linalg.LinAlgError("a matrix to be inverted is singular: the result is not determined")
    return _solve(square, r[..., :m, m])


def _inverse(a: Floats) -> Floats:
    """The inverse of each matrix; a singular one is an error."""
    try:
        return np.linalg.inv(a)
    except np.linalg.LinAlgError as problem:
        raise np.linalg.LinAlgError("a matrix to be inverted is singular: the result is not determined") from problem
