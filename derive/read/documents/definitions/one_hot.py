"""Vectors that the words call one-hot, and the class where they have their one."""

from __future__ import annotations

import re

from derive.language.context import Context, SymbolDecl
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import option, parts_of
from derive.read.targets import items_at

_ONE_HOT = (
    re.compile(r"(?i)\bone-?hot(?:\s+[a-z-]+){0,2}\s*\Z"),
    re.compile(
        r"(?i)^\s*[,(]?\s*(?:(?:is|are|be|denotes?|as|for|in)\s+)?(?:(?:an?|the|its|their|our)\s+)?"
        r"(?:(?!(?:not|no|and|or|but|with|to|from|while|against)\b)[a-z]+\s+){0,1}one-?hot\b"
    ),
)


def one_hot(text: str, before: str, after: str, known: dict[str, str]) -> None:
    """``the one-hot target $y$`` and ``$y$ is one-hot``: kept under the name, which may be declared by nothing else."""
    if not _ONE_HOT[0].search(before[-80:]) and not _ONE_HOT[1].match(after):
        return
    try:
        items = items_at(text.strip(" .,;"), 0)
    except ReadError:
        return
    for item in items:
        head = item.first if isinstance(item, s.Relation) else item
        if parts_of(head) is not None:
            known[s.key(head)] = "onehot"


def made_one_hot(known: dict[str, str], context: Context) -> Defined | None:
    """Vectors of zeros and ones that the words have called one-hot: their entries add up to 1."""
    texts: list[str] = []
    for name, word in known.items():
        decl = next((each for each in _of_letter(name.partition("_")[0], context) if _called(name, word, each)), None)
        if decl is None or decl.definition is not None or decl.depends is not None:
            continue
        text = _called(name, word, decl)
        zeros_and_ones = "binary" in decl.properties or (decl.properties <= {"real"} and not decl.values and decl.shape)
        if not zeros_and_ones or word in decl.properties:
            continue
        try:
            context = declare(text, context)
        except DeclarationError:
            continue
        texts.append(text)
    return Defined(context, " ; ".join(texts)) if texts else None


def _of_letter(letter: str, context: Context) -> list[SymbolDecl]:
    """All that is called by a letter: ``y`` and ``y_i`` may both be declared."""
    more = option(context, "variants").get(letter)
    keys = (letter, *more) if isinstance(more, tuple) else (letter,)
    return [context.symbols[key] for key in keys if key in context.symbols]


def _called(name: str, word: str, decl: SymbolDecl) -> str:
    """What is said of vectors, or of the numbers ``t_{nk}`` that are the entries of ``t_n``."""
    if len(decl.shape) == 1 and (len(decl.family) == 0) == ("_" not in name):
        return f"{name} {word}"
    outer = (*decl.family_names[:-1],)
    if not decl.shape and decl.family and name in (decl.name, f"{decl.name}_{''.join(outer)}")[bool(outer) :]:
        return f"{decl.name}_{{{','.join(decl.family_names)}}} {word}"
    return ""


_TRUE_CLASS = re.compile(
    r"(?i)\bone-?hot\b[^.;]{0,60}?\b(?:true|correct|target|right|observed)\s+(?:class|label|index|category)(?:\s+is)?\s*\Z"
)


def true_class(text: str, sentence: str, known: dict[str, str]) -> None:
    """``y is one-hot with true class $c$``: kept with what is one-hot, where that is one thing."""
    hot = [name for name, word in known.items() if word == "onehot"]
    if re.fullmatch(r"[a-z]", text.strip(" .,;")) and len(hot) == 1 and _TRUE_CLASS.search(sentence):
        known[hot[0]] = f"onehot {text.strip(' .,;')}"


def entries_of(name: str, entry: str, word: str, context: Context) -> Defined | None:
    """``y_k``, the entry of something one-hot: which of them is 1, if the words say."""
    letter = word.removeprefix("onehot").strip()
    texts = [f"{entry} onehot"]
    try:
        done = declare(texts[0], context)
        decl = done.symbols.get(name)
        taken = (done.symbols, done.functions, done.sizes, done.indices)
        if letter and decl is not None and len(decl.family) == 1 and not any(letter in names for names in taken):
            (range_,), (index,) = decl.family, decl.family_names
            if range_.low.constant == 1:
                texts += [
                    f"{letter} \\in \\{{1, \\dots, {range_.high}\\}}",
                    f"assume {name}_{index} = \\mathbf{{1}}\\{{{letter} = {index}\\}}",
                ]
                done = declare("\n".join(texts[1:]), done)
    except DeclarationError:
        return None
    return Defined(done, " ; ".join(texts))
