"""While the program is being loaded nothing has been done: an interrupt then ends it without a word."""

from __future__ import annotations

import signal
import threading


def _is_ours() -> bool:
    """Whether Python's own handler is in place, in the only thread that may change it."""
    here = threading.current_thread() is threading.main_thread()
    return here and signal.getsignal(signal.SIGINT) is signal.default_int_handler


_TAKEN = _is_ours()
if _TAKEN:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def loaded() -> None:
    """Interrupts are again what commands expect: they say what is done so far."""
    if _TAKEN and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


__all__ = ["loaded"]
