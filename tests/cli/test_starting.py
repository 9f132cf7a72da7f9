"""An interrupt while the program is loaded ends it without a traceback; later it is what commands expect."""

from __future__ import annotations

import signal
import subprocess
import sys

INTERRUPTED = """
import os, signal, sys
class Now:
    def find_spec(self, name, path=None, target=None):
        if name == "derive.cli.report":
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Now())
import derive.cli
"""
LOADED = """
import signal
signal.signal(signal.SIGINT, HANDLER)
before = signal.getsignal(signal.SIGINT)
import derive.cli
print(signal.getsignal(signal.SIGINT) is before)
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    """The program in a Python of its own."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)


def test_an_interrupt_while_loading_says_nothing() -> None:
    done = run(INTERRUPTED)
    assert done.returncode == -signal.SIGINT
    assert done.stdout == done.stderr == ""


def test_handlers_are_as_they_were() -> None:
    for handler in ("signal.default_int_handler", "signal.SIG_IGN", "lambda *_: None"):
        assert run(LOADED.replace("HANDLER", handler)).stdout == "True\n"


def test_another_thread_may_load_the_program() -> None:
    program = "import threading; t = threading.Thread(target=__import__, args=('derive.cli',)); t.start(); t.join()"
    done = run(program)
    assert (done.returncode, done.stderr) == (0, "")
