"""Whatever is written, a reader answers with terms that are well typed or with its own error: no crash, no hang."""

import contextlib
import random
from functools import partial

import pytest

from derive.language.shapes import shape_of
from derive.read.declarations import declare
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import read_statement
from derive.read.tokens import tokenize
from tests.read.test_corpus import EXPECTED, blocks
from tests.work import counted

STRANGE = (
    r"^ _ { } ( ) | \| = \sum \int d & \\ \frac \partial é , ! ' T \mathbf "
    r"\left \text{if} \nabla .. - \mathbb{E}"
).split()


def damaged(text: str, chance: random.Random) -> str:
    """The display with a few tokens dropped, doubled, swapped or replaced."""
    tokens = [text[token.start : token.stop] for token in tokenize(text)[:-1]]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(tokens))
        match chance.randrange(4):
            case 0 if len(tokens) > 1:
                del tokens[place]
            case 1:
                tokens.insert(place, chance.choice(tokens))
            case 2:
                tokens[place] = chance.choice(tokens)
            case _:
                tokens[place] = chance.choice(STRANGE)
    return " ".join(tokens)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_displays(seed: int) -> None:
    chance = random.Random(seed)
    every = [block for name in sorted(EXPECTED) for block in blocks(name)]
    contexts = {text: declare(text) for text, _ in every}
    read = 0
    for _ in range(120):
        declarations, display = chance.choice(every)
        text, context = damaged(display, chance), contexts[declarations]
        try:
            links, _ = counted(partial(read_statement, text, context, strict=False), 200 * (len(text) + 50))
        except ReadError:
            continue
        for link in links:
            for term in (*link.left, *link.right):
                shape_of(term, context)
                read += 1
    assert read > 30


@pytest.mark.parametrize("seed", range(2))
def test_damaged_declarations(seed: int) -> None:
    chance = random.Random(seed)
    texts = [text for text, _ in blocks("solution-5")]
    for _ in range(40):
        text = chance.choice(texts)
        place = chance.randrange(len(text))
        piece = chance.choice(["", "=", r"\in", "{", "}", "function ", " ; ", "_", "^", "let ", "(", ",", ".."])
        with contextlib.suppress(DeclarationError):
            declare(text[:place] + piece + text[place + chance.randrange(6) :])
