"""What the words between formulas say: whether one is assumed, defined, supposed or asserted; ranges of indices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Cue(Enum):
    """How a formula in running text is meant: as an assertion, a definition or assumption, or a case considered."""

    assertion = "assertion"
    assumption = "assumption"
    condition = "condition"


NO_LOSS = r"wlog|w\.\s?l\.\s?o\.\s?g\.|without\s+(?:any\s+)?loss\s+of\s+generality"
"""Words that suppose, as any other case is like this one."""
_CASE_BEFORE = (
    r"in\s+(?:this|that|these|those|either|both|each|every|any|all|such\s+an?|which|the\s+(?:latter|former|first|second|other|third))"
    r"(?:(?:\s+of)?(?:\s+(?:the|these|those|two|three|four|other))+)?\s+cases?"
)
"""Words that go on with a case that has been told."""
_CASE_OF = (
    r"cases?(?=(?:\s+(?:of|that|where|when|in\s+which|we\s+have|with|is|are|being|\d+|[ivx]+|one|two|three))*"
    r"[\s,:.()]*\Z)"
)
"""The word right before what is considered; ``both cases lead to`` considers nothing more."""
_LEADS = (
    r"(?:leads?|leading)\s+(?:us\s+)?to|requires|forces|necessitates|(?:exactly|precisely)\s+when|reduc(?:es?|ing)\s+to|collaps(?:es?|ing)\s+to|simplif\w+\s+to|turns?\s+(?:out|into)|"
    r"combin\w+\s+(?:in)?to|amounts?\s+to|comes?\s+to|results?\s+in|resulting\s+in|(?:leaves?|leaving)(?:\s+us)?(?:\s+with)?|left\s+with|reveals?|produc(?:es?|ing)|"
    r"evaluates?\s+to|works?\s+out|ends?\s+up(?:\s+with)?|arrives?\s+at|boils?\s+down\s+to|recovers?|entails?|"
    r"(?:agrees?|coincides?)(?:\s+with)?|follows?\s+(?:directly\s+|immediately\s+)?from(?=\s*\Z)|"
    r"shows?|showing|confirms?|proves?|verif(?:y|ies)|checks?|(?:can|may|could)\s+(?:(?:also|then|now|thus|be|therefore)\s+){0,2}writ(?:e|ten)"
)
"""Verbs of what follows from something."""
_CUES: tuple[tuple[Cue, str], ...] = (
    (
        Cue.assumption,
        rf"{NO_LOSS}|where|wherein|let|denot\w+|defin(?:e|es|ed|ing)|writ(?:e|ing)|"
        r"(?<!these )(?<!those )(?<!our )assum\w+|"
        r"(?:it\s+is|it's|we(?:\s+also)?|is)\s+requir(?:e|ed)\s+that|"
        r"suppos\w+|given|subject\s+to|constraints?|such\s+that|"
        r"s\.\s?t\.|satisf\w+|provided|with(?!\s+(?:this|that|these|it)\s*,)|put(?=\s*\Z)|recall\s+that|using\s+the\s+notation|abbreviat\w+|introduc\w+|call|"
        r"(?:SVD|decomposition|factori[sz]ation)\s+of",
    ),
    (
        Cue.condition,
        rf"if|iff|when|whenever|unless|for|{_CASE_OF}|consider\w*|"
        r"at(?!\s+(?:this|that)\s+(?:point|value|optimum|minimum|maximum|minimi[sz]er|maximi[sz]er)\b|\s+(?:most|least|all|once)\b)|initially|initiali[sz]\w+|setting|set|choos\w+|choice|pick\w*|"
        r"whether|relative\s+to|(?:as\s+)?(?:compared|opposed)\s+(?:to|with)|"
        rf"until|(?<!,\s)while|once|take|taking|plots?|(?!{_CASE_BEFORE}\b)in(?!\s+(?:particular|"
        r"fact|general|total|other\s+words|(?:matrix|vector)\s+(?:form|notation)))|equal\s+to|of(?!\s+course)|compare\w*|want\w*|goal|solv\w+|"
        r"minimi[sz]\w+|maximi[sz]\w+|from(?!\s+(?:which|this|these|that|it|there|here|where)\b)|under(?!\s+(?:these|this|our|that|those|such|which)\b)|on(?=\s*\Z)|"
        r"(?:over|among(?:st)?)(?=(?:\s+(?:all|the|every|each|any|those|such|unit|nonzero|non-zero|vectors?|numbers?|points?))*"
        r"\s*\Z)",
    ),
    (
        Cue.assertion,
        rf"{_CASE_BEFORE}|{_LEADS}|in\s+(?:particular|fact|general|total|other\s+words|(?:matrix|vector)\s+(?:form|notation))|"
        r"from\s+(?:which|this|these|that|it|there|here|where)|that|have|has|get|gets|obtain\w*|hence|thus|so|then|therefore|yield\w*|gives?|giving|impl\w+|note|notice|since|because|"
        r"as|is|are|becomes?|equals?|by|deduc\w+|conclud\w+|follows|means|find|finds|see|holds?|know|know\s+that|"
        r"read|reads|now|also|indeed|namely|used|uses",
    ),
)
_CUE = re.compile(
    r"(?i)(?<![A-Za-z\\])(?:" + "|".join(f"(?P<{cue.value}>{words})" for cue, words in _CUES) + r")(?![A-Za-z])"
)
OPENING = (
    r"[\s*_#>(\[\d.)}-]*(?:\\(?:item|(?:sub)?paragraph\*?|textbf|textit|emph)\s*(?:\[[^\]]*\])?\s*(?:\{[^{}]*\})?"
    r"[\s.:]*)*"
)
"""What may stand before the first word of a sentence: a number, a mark of a list, a heading in its line."""
SENTENCE = re.compile(
    r"(?<!\be\.g)(?<!l\.o\.g)(?<!\bi\.e)(?<!\bi\.i\.d)[.!?](?=\s|$)|\n[ \t\r]*\n|:\s*\n|\n[ \t]*(?:[-*+]|\d+[.)])\s"
)
JOINING = re.compile(r"(?i)^[\s,;&]*(?:and|or|,|i\.e\.)?[\s,]*$")
_JOINING_KINDS = re.compile(
    r"(?i)\A\s*(?:is|are|be)\s+(?:an?\s+|both\s+)?(?:(?:symmetric|positive|semi-?\s?definite|definite|psd|spd|invertible|non-?singular|"
    r"orthogonal|diagonal|real|square|fixed|given|known|non-?zero|arbitrary|and|matri(?:x|ces)|vectors?|scalars?|numbers?)\b[\s-]*(?:,\s*)?)+\Z"
)
"""Between two formulas of which the second is laid down as the first is: ``let $K$ be symmetric and $c > 0$``."""
_LET = re.compile(r"(?i)[\s*]*(?:(?:now|and|further|also)\s+)*let\b")
_ADVERB = re.compile(r"(?i)\s*(?:now|instead|further|furthermore|also|again|next|in\s+addition|moreover)?\s*(?:that)?")
HEADING = re.compile(
    r"(?m)^\s{0,3}#{1,6}\s|^\s*(?:\*\*|\\(?:textbf|paragraph)\s*\{)?\s*(?:Problem|Exercise|Question|Task)\b|"
    r"^\s*(?:\*\*|\\(?:textbf|paragraph)\s*\{)\s*Q\.?\s*\d+\b|"
    r"^\s*(?:\*\*|\\(?:textbf|paragraph)\s*\{)\s*\d+\s*[.):]\s*[A-Z][\w ,'’()-]{2,60}[.:]?\s*(?:\*\*|\})|"
    r"\\(?:sub)*section\b|\\chapter\b|\\begin\s*\{(?:problem|exercise|question)\}"
)
EXAMPLE = re.compile(r"(?i)\b(?:example|case|distribution|density)\b[^.;]*\b(?:for|in)\s+which\s*\Z")
"""Words before the form that a function has in an example."""
IN_EXAMPLE = re.compile(r"(?i)\b(?:for|consider|take)\s+(?:the|an?)\b[^.;]*\b(?:distribution|example|case|model)\b")
OTHERWISE = re.compile(
    r"(?i)\bwith\b[^.]*\b(?:smoothing|regulari[sz]ation|prior|pseudo-?counts?|penalty)\b[^.]*"
    r"\b(?:becomes?|is|are|changes?|get|obtain|estimates?)\b[^.]*\Z"
)
"""Words that say that another estimate takes the place of one that has been given."""
SAME_WAY = re.compile(
    r"(?i)\b(?:in\s+the\s+same\s+way|similarly|analogously|likewise|by\s+symmetry|in\s+exactly\s+the\s+same)\b[^.]*\Z"
)
ONE_DIMENSION = re.compile(r"(?i)\bin\s+(?:one\s+dimension|the\s+(?:one-dimensional|scalar)\s+case)\b")
PARAGRAPH = re.compile(r"\\(?:sub)?paragraph\b")
LETTERED = re.compile(r"(?m)^\s*(?:\*\*|\\(?:textbf|paragraph)\s*\{)\s*\(?(?:[a-h]|[ivx]{1,4})\)")
"""A part of a problem: ``**(b)** …``."""
SETS_TO_ZERO = re.compile(
    r"(?i)\b(?:set(?:ting)?\b[^.]*\b(?:to|equal)|equat\w+|solv\w+|stationar\w+|vanish\w*|first[- ]order|optimality|"
    r"optimal\s+solution\s+satisf\w+|(?:to|equal|equals|identically)\s+(?:zero|0|\$0\$|\$\\mathbf\{?0\}?\$)|normal\s+equations?|"
    r"characteristic\s+(?:polynomial|equation)|critical\s+point|minimi[sz]er\s+satisf\w+|maximi[sz]er\s+satisf\w+|constraint\w*)"
)
STATES_ZERO = re.compile(
    r"(?i)\b(?:(?:vanish\w*|is|are)\s+(?:identically|everywhere|always)\b|(?:sums?|adds?(?:\s+up)?|averages?|integrates?|amounts?|simplifies|reduces?)\s+to\s+(?:zero|0)|"
    r"(?:so|hence|thus|therefore)\b(?:(?!\b(?:optim|minim|maxim|station|solution|must|gradient|derivative))[^.])*\bvanish\w*)"
    r"[^.]*\Z"
)
"""Words that say of something that it is zero: nothing is solved."""


def sets_to_zero(words: str) -> bool:
    """Whether words say that what follows is an equation to solve.

    >>> sets_to_zero("Setting this to zero gives"), sets_to_zero("The gradient sums to zero:")
    (True, False)
    >>> sets_to_zero("Hence at the optimum it vanishes:"), sets_to_zero("and so the expected score vanishes:")
    (True, False)
    """
    return SETS_TO_ZERO.search(words) is not None and STATES_ZERO.search(words) is None


TO_ZERO = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat\w+|solv\w+)\b[^.]*?\b(?:to|equal|equals|with|for)?\b[^.]*?(?:\bzero\b|(?<![\w.])0(?![\w.])|\bvanish\w*)"
)
TO_SOLVE = re.compile(
    r"(?i)\b(?:(?:solv\w+|set|setting|equating)(?:\s+(?:for|the|equation|condition|this|that|it|its|gradient|derivative|"
    r"score|partial|expression|result))*|from|given)\s*\Z"
)
SOLVES_IT = re.compile(r"(?i)\bsolv(?:e|es|ing)(?:\s+(?:the|this|equations?|system|condition|relation))*[\s:]*\Z")
"""Words right before the equation that is solved."""
FOLLOWS = re.compile(
    r"(?i)\b(?:gives?|giving|yields?|leads?\s+to|results?\s+in|implies|hence|thus|therefore|so|then|we\s+(?:get|obtain|find)|becomes|means|"
    r"(?:this|it|that)\s+(?:is|reads|equals|reduces\s+to|simplifies\s+to)|"
    r"(?:these|they|both)\s+(?:are|read|equal|become|reduce\s+to|simplify\s+to))\b"
)
SAYS_AGAIN = re.compile(r"(?i)\bi\.e\.[\s,~\\]*\Z")
"""Words before what says the same as what stands before them."""
ESTIMATE = re.compile(
    r"(?:ML|MLE|MAP|OLS|LS|opt)(?![A-Za-z])|(?i:\b(?:estimat(?:e|or)s?|maximi[sz]ers?|minimi[sz]ers?|modes?|optimum|optimal))\b"
)
"""A mark or a word that says that a name is where something is greatest or least."""
EXTREMUM_IS = re.compile(
    r"(?i)\b(?:maximi[sz]er|minimi[sz]er|maximum|minimum|optimum|solution|(?:optimal|best)\s+[a-z]+(?:\s+(?:size|rate|length|value|weight|vector))?|"
    r"(?:stationary|critical)\s+point|mode)\b"
    r"(?:\s+(?:of|for|in)\s+[^.,;]*)?[\s,]*(?:is|are|equals|becomes|lies|occurs)?(?:\s+(?:then|thus|therefore|hence|"
    r"given\s+by|attained|reached|found|unique|located))*(?:\s+(?:at|when|for|by))?[\s:,]*\Z|"
    r"\b(?:vanish(?:es)?|(?:is|are)\s+zero|equals?\s+zero|(?:is|are)\s+equal\s+to\s+zero)\s+(?:exactly\s+|only\s+|precisely\s+)?(?:where|at|when|iff|if(?:\s+and\s+only\s+if)?|for)\s*\Z"
)
"""Words right before what something is where its derivative is zero."""
CONDITION = re.compile(r"(?i)\s*,\s*(?:for|if|when|with|where)\s+⟨\d+⟩\s*,\s*")
"""``The mode, for $a > 1$, is``: what stands between commas, in a sentence with its formulas numbered."""
VANISHES = re.compile(r"(?i)\b(?:vanish(?:es)?|zero)\b")
BECOMES = re.compile(
    r"(?i)\b(?:this|it|that|which|we|these|they|both)\s+"
    r"(?:is|are|becomes?|reads?|equals?|reduces?\s+to|simplif\w+\s+to)[\s:,]*\Z"
)
"""What something is in the case that was just considered."""
IN_GENERAL = re.compile(
    r"(?i)\b(?:in\s+general|generally|always|in\s+(?:all|any|every)\s+cases?|for\s+(?:all|any|every)|any)\b"
)
"""Words that say of a line that it holds in more than the case considered before it."""
SUPPOSED = re.compile(
    r"(?i)\b(?:if|assuming|under|in\s+the\s+case|in\s+case|initially|(?-i:At)(?:\s+(?:initiali[sz]ation|the\s+(?:start|beginning)))?)(?:\s+(?:that|the|condition|assumption|we\s+have|in\s+addition|also|"
    r"moreover|furthermore|further|additionally|instead|now))*\s*\Z"
)
USING = re.compile(
    r"(?i)\b(?:relative\s+to|compared\s+(?:to|with))\b[^.;$⟨⟩]*\Z|\b(?:using|given|recalling)(?:\s+(?:again|also|now|that|the\s+(?:fact|constraint|normali[sz]ation|condition)(?:\s+that)?))*"
    r"\s*\Z"
)
"""Words before what a conclusion rests on."""
IS_CONCLUDED = re.compile(r"(?i)\b(?:then|hence|thus|therefore|consequently|we\s+(?:get|obtain|find|have|see))\b")
"""Words that make a claim of what could be an assumption: a mean, or what adds up to one."""
CONCLUDES = re.compile(
    r"(?i)\b(?:so|hence|thus|therefore|consequently|then|implies|yields?|gives?|find|obtain|get|shows?|follows)"
    r"(?:\s+(?:that|we|also|again|have|get|find|obtain|must))*[\s,:]*\Z"
)
"""What is concluded is no definition of what it is about."""
AT_A_PLACE = re.compile(r"(?i)\bat(?:\s+(?:the|a)\s+(?:points?|place))?\s*\Z")
"""What is said of a place is no definition: ``it vanishes at w = m``."""
NAMES_A_SET = re.compile(
    r"(?i)\b(?:the|a|some|this|that|each|every|two|decision)\s+(?:\w+[- ])?"
    r"(?:hyper-?planes?|planes?|lines?|boundary|surfaces?|curves?|circles?|spheres?|ellips\w+|level\s+sets?)\s*\Z"
)
"""An equation after these words says which set is meant, and of no point that it lies there."""
CONSIDERED = re.compile(
    r"(?i)\bconsider(?:\s+now)?(?:\s+(?:the|its|our|their)(?:\s+(?!cases?\b|points?\b)[a-z-]+){1,3})?\s*\Z"
)
"""Words before a new name and what it stands for: ``consider the residuals $e_i = …$``."""
STATES_A_CASE = re.compile(r"(?i)\b(?:if|when(?:ever)?|for|under|assuming|provided|suppos\w+|with|cases?)\b[^.;:]*\Z")
"""Words before a condition of what their sentence claims, and not only a place: ``at``."""
CONSIDERS_CASE = re.compile(r"(?i)\b(?:consider|take)\b[^.;:]*\bcases?\s*\Z")
"""Words before what a case is about, which the next sentences go on with: ``Consider first the case $a = 1$.``"""
_NAMED = (
    r"(?:\s+(?!(?:so|then|hence|thus|therefore|have|has|gives?|yields?|impl\w+|because|since|as|with|where|if|when|minimi\w+|"
    r"maximi\w+|optimi\w+|know\w*)\b)[a-z-]+){0,4}"
)
"""What is spoken of, and what it is: ``all degrees are positive, ``."""
SUPPOSING = re.compile(
    rf"(?i)\b(?:suppose|assume|assuming|{NO_LOSS})(?:\s+(?:now|instead|further|also|for\s+now))*(?:\s+that)?(?:\s+we\s+have)?"
    rf"(?:\s+(?:all|each|every|both|the|our|these)\b{_NAMED})?[\s,:]*\Z"
)
"""Words before a display that is assumed."""
SLACKNESS = re.compile(
    r"(?i)\b(?:by|from|due\s+to|per)\s+(?:the\s+)?(?:complementary\s+slackness|KKT)(?:\s+conditions?)?\s*,?\s*\Z"
)
"""Words before an equation that holds at the optimum, and of no derivative."""
AROUND = re.compile(r"(?i)\b(?:around|about|near)\s*\Z")
"""Words before a place that something is expanded at."""
OPTIMISED = re.compile(
    r"(?i)\b(?:minimi[sz]\w*|maximi[sz]\w*|optimi[sz]\w*)(?:\s+(?:the|function|objective|loss|cost|criterion|error))*[\s,:]*\Z"
)
"""Words before what is optimised."""
SINCE = re.compile(r"(?i)\b(?:since|because|as|given\s+that)\s*\Z")
"""Words before a reason."""
HAS_REASON = re.compile(r"(?i)\b(?:since|because|as|given\s+that)\s+(?:also\s+|we\s+have\s+)?⟨\d+⟩[^.;]*\Z")
"""The end of a sentence so far, with its formulas numbered, that has given a reason."""
OVER = re.compile(r"(?<!\be\.g)(?<!l\.o\.g)(?<!\bi\.e)[.!?;](?=\s|$)|\n[ \t\r]*\n(?=\s*\S)")
"""The end of a sentence, or of a paragraph that words follow: what was supposed in it holds no longer."""
DEFINING = re.compile(r"(?i)(?<![A-Za-z])(?:where|with|let|denote|define|here)(?![A-Za-z])")
_GOES_ON_TO_STATE = re.compile(
    r"(?i)\b(?:would|(?:we|one|you)\s+(?:then\s+|now\s+)?(?:gets?|has|have|obtains?|finds?|arrives?)|(?:it|this|that|which)\s+(?:then\s+)?"
    r"(?:is|are|becomes|reads|gives|yields|follows)|becomes?|gives|yields|follows|hence|thus|therefore)\b[^.;]*\Z"
)


def defines(words: str) -> bool:
    """Whether words say that what follows is what a name stands for.

    >>> defines("where "), defines("With this we write "), defines("With the wrong sign it would be ")
    (True, True, False)
    """
    said = [*DEFINING.finditer(words)][-1:]
    return bool(said) and not (
        said[0].group().lower() in ("with", "here", "where") and _GOES_ON_TO_STATE.search(words, said[0].end())
    )


ONLY_IF = re.compile(r"(?i)\b(?:if|in\s+the\s+case|where|when)\s*\Z")
RESTRICTING = re.compile(r"(?i)\b(?:subject\s+to|s\.\s?t\.|such\s+that|under(?:\s+the\s+constraints?)?)[\s,:]*\Z")
LET_SUCH_THAT = re.compile(
    rf"(?i)\A{OPENING}(?:(?:now|next|and|further|also),?\s+)?(?:let|suppose|assume|consider|fix|given|"
    r"(?:we|they|they\s+all)\s+(?:have|are\s+given|use|are)|there\s+are)\b"
    r"(?![^.;]*\b(?:min|max|optim|solution|solv|find|best|lagrang|multiplier)[a-z]*)[^.;]*\bsuch\s+that\s*\Z"
)
"""``Let $u$ be such that``: what is assumed of u, and no constraint of an optimum."""
OPTIMISED_UNDER = re.compile(
    r"(?i)\b(?:maximi[sz]|minimi[sz]|optimi[sz])[a-z]*(?:\s+[a-z]+){0,4}\s+(?:under|subject\s+to)(?:\s+the\s+constraint)?\s*\Z"
)
"""Words before the constraint of what is optimised."""
MULTIPLIER_FOR = re.compile(
    r"(?i)\bmultipliers?\s+(?:⟨\d+⟩\s+)?(?:for|of|on|(?:to\s+|that\s+)?(?:enforc|impos|ensur)(?:e|es|ing))\s+(?:that\s+)?"
    r"(?:the\s+)?(?:(?:normali[sz]ation\s+)?constraints?\s+)?\Z"
)
"""The end of a sentence so far, with its formulas numbered, before a constraint that has a multiplier."""
ANEW = re.compile(
    r"(?i)\b(?:let(?:\s+now)?|with\s+(?:probability\s+)?(?:density|distribution|mass|pdf|pmf|cdf|likelihood)|(?:for|consider|take|given|with|suppose|assume|have|use)\s+(?:now\s+)?(?:an?|the|this|another))"
    r"(?:\s+[A-Za-z-]+){0,3}\s*\Z"
)
"""Words that introduce what follows: a name of an earlier section may be given a new meaning."""
CHOSEN = re.compile(r"(?i)\bwe\s+(?:now\s+)?(?:use|take|choose|set|put|define|write|replace\s+\S+\s+by)\s*\Z")
"""We give a quantity, of which only bounds and constraints are known, its value."""
GIVEN = re.compile(
    r"(?i)\b(?:let|assume|suppose|with|where|consider|take|for\s+the\s+\w+|be|choose|now|and)\b[^.!?]*\Z"
)
"""Words before the form that is given to a density so far unknown."""
SEVERAL = re.compile(r"(?i)\b(?:derivatives|gradients|partials|both|these|them|all)\b")
THERE = re.compile(
    r"(?i)(?:\bi\.e\.|\b(?:there|hence|thus|therefore|consequently|it\s+follows|simplif\w+|"
    r"at\s+(?:the|this|that|its|these)|optim\w+|minim\w+|maxim\w+|solutions?|substitut\w+|plug\w*|insert\w*|"
    r"stationar\w+|(?:for|with)\s+(?:this|these|that)|this\s+choice)\b)[^.!?]*\Z"
)
"""Words that say that a value is the one at what has just been found."""
SATISFIES = re.compile(
    r"(?i)\b(?:satisf(?:y|ies)|obeys?|are\s+(?:the\s+)?solutions?\s+of|solves?)\b(?:\s+[A-Za-z-]+){0,4}[\s,:]*\Z"
)
SCALAR = re.compile(
    r"(?i)\b(?:scalars?|constants?|multipliers?|real\s+numbers?|reals|learning\s+rate|step\s+size|temperature|"
    r"hyper-?parameters?|regulari[sz]ation\s+(?:strength|parameter|coefficient))\s*$"
)


MULTIPLIERS = re.compile(r"(?i)lagrang|\bmultipliers?\b")
HELD = re.compile(
    r"\s*(?:is|are|stays?|remains?|be(?!\s+(?:a\s+)?constant))?\s*(?:then\s+|now\s+|also\s+)?(?:held|kept|treated\s+as|regarded\s+as|considered)?\s*(?:a\s+)?"
    r"(?<![A-Za-z])(?:fixed|constant)(?![A-Za-z])(?!\s*(?:point|size|number))"
    r"|[^.;:]{0,80}\b(?:keep|hold|leave|treat|regard)\s+(?:it|them|this|these)\s+(?:as\s+(?:a\s+)?)?(?:fixed|constants?)(?![A-Za-z])"
)


_NUMBERS = re.compile(
    r"(?i)^\s*be\s+(?P<words>(?:[a-z-]+\s+){0,3}?)(?:numbers|scalars|reals)\b|"
    r"(?P<before>\b(?:(?:positive|nonnegative|non-negative|real|given)\s+)*(?:numbers|scalars|reals))\s*\Z"
)


_VALUES = (
    ("exponential", "> 0"),
    ("gamma", "> 0"),
    ("poisson", "nonnegative integer"),
    ("geometric", "nonnegative integer"),
    ("bernoulli", "\\in \\{0, 1\\}"),
    ("univariate", "\\in \\mathbb{R}"),
    ("one-dimensional", "\\in \\mathbb{R}"),
)
_SAMPLES = re.compile(
    r"(?i)^\s*(?:be|are|denote)\s+(?:(?:independent|i\.?i\.?d\.?\\?|identically|distributed|and|random|drawn|sampled)[\s,]+)*"
    r"(?:samples?|observations?|draws?|variables?|data)?\s*(?:(?:drawn|taken|sampled)\s+)?(?:from|of)\s+(?:an?|the)\s+"
    r"(?P<name>exponential|gamma|poisson|geometric|bernoulli|univariate|one-dimensional)\b"
)


_FLIPS = re.compile(
    r"(?i)^\s*(?:be|are|denote)\s+(?:the\s+)?(?:results?\s+of\s+)?(?:(?:independent|i\.?i\.?d\.?\\?|repeated|binary|biased)[\s,]+)*"
    r"(?:coin[ -](?:flips|tosses)|bernoulli\s+trials|binary\s+(?:numbers|variables|observations|outcomes|labels))\b"
)


def numbers_said(before: str, after: str) -> str:
    """What the words beside ``$x_1, \\dots, x_n$`` say of each of them, where they call them numbers.

    >>> numbers_said("Let ", " be positive real numbers with"), numbers_said("Let ", " be vectors")
    ('> 0', '')
    >>> numbers_said("Let ", " be i.i.d. samples of a Poisson distribution")
    'nonnegative integer'
    >>> numbers_said("Let ", " be independent coin flips"), numbers_said("Let ", " be coins")
    ('\\\\in \\\\{0, 1\\\\}', '')
    """
    if _FLIPS.match(after):
        return "\\in \\{0, 1\\}"
    family = _SAMPLES.match(after)
    if family is not None:
        return next(space for name, space in _VALUES if name in family["name"].lower())
    found = _NUMBERS.match(after) or _NUMBERS.search(before[-60:])
    if found is None:
        return ""
    words = f" {found['words'] or found['before'] or ''} ".lower()
    unknown = re.sub(
        r"\b(?:positive|nonnegative|non-negative|real|given|numbers|scalars|reals|any|fixed)\b", " ", words
    )
    if unknown.strip():
        return ""
    return "> 0" if " positive " in words else "\\ge 0" if "negative" in words else "\\in \\mathbb{R}"


CALLED = re.compile(
    r"(?i)\b(?:the|these)\s+(?P<noun>[a-z]{4,})\s+(?:is|are)(?:\s+(?:given|defined)\s+(?:by|as))?\s*:?\s*\Z"
)
"""What the words call the quantity that the next formula gives: ``the responsibilities are``."""
HELD_BY_NAME = re.compile(
    r"(?i)\b(?P<noun>[a-z]{4,})\s+(?:(?:is|are|being|stay|remain)\s+)?(?:(?:held|kept|treated\s+as|regarded\s+as)\s+)?"
    r"(?:fixed|constants?)(?![a-z-])(?!\s*(?:point|size|number))"
)


def last_sentence(text: str) -> str:
    """What stands after the last full stop."""
    return text[max((match.end() for match in SENTENCE.finditer(text.rstrip())), default=0) :]


def cue_of(prose: str, before: Cue | None, sentence_before: str = "") -> Cue:
    """How the formula after ``prose`` is meant; ``before`` is how the formula before it was, for lists, and
    ``sentence_before`` its sentence so far.

    >>> cue_of("so we have ", None), cue_of("This is so because if ", None), cue_of(" and ", Cue.condition)
    (<Cue.assertion: 'assertion'>, <Cue.condition: 'condition'>, <Cue.condition: 'condition'>)
    >>> cue_of("The sizes add up to the number of points: ", None), cue_of("Consider the case of small weights: ", None)
    (<Cue.assertion: 'assertion'>, <Cue.condition: 'condition'>)
    >>> cue_of("Rows of the matrix sum to zero, ", None), cue_of("In practice, ", None)
    (<Cue.assertion: 'assertion'>, <Cue.condition: 'condition'>)
    """
    if before is not None and JOINING.match(prose):
        return before
    if before is Cue.assumption and _JOINING_KINDS.match(prose):
        joins = re.compile(r"(?:\band|,)\s*\Z" if _LET.match(sentence_before) else r"\band\s*\Z")
        if joins.search(prose):  # a comma ends what is provided, or assumed
            return before
    sentence = prose[-2000:]
    last = max((match.end() for match in SENTENCE.finditer(sentence)), default=0)
    announced = _ANNOUNCED.search(sentence, last) is not None
    closed = _CLOSED.search(sentence, last) is not None
    cue = Cue.assertion
    end = -1
    if any(said.search(sentence, last) for said in (_SOLVED, _CHECKS, _WITH_SLOPE)):
        return cue
    if NAMED_CASE.fullmatch(sentence) is not None:
        return Cue.condition
    for match in _CUE.finditer(sentence, last):
        between = end >= 0 and cue is Cue.assumption and _ADVERB.fullmatch(sentence, end, match.end())
        over = (announced or _is_over(sentence, match)) and _OF.fullmatch(match.group()) is not None
        if not between and not over and not (closed and _inside(sentence, last, match)):
            cue, end = Cue(match.lastgroup or "assertion"), match.end()
    if cue is Cue.assertion and SUPPOSING.search(sentence, last):  # … that all degrees are positive, $d_i > 0$
        return Cue.assumption
    return cue


def _is_over(sentence: str, cue: re.Match[str]) -> bool:
    """Whether what a preposition is about is named in words, and a comma ends it: ``as the rows of P sum to one, ``."""
    return re.search(r"(?i)\b(?:since|because|as)\b[^,;]*\Z", sentence[: cue.start()]) is not None and (
        re.fullmatch(r"\s+\w[^,;$]*,\s*", sentence[cue.end() :]) is not None
    )


_ANNOUNCED = re.compile(r"\w\s*:\s*\Z")
"""The end of words that announce a formula: those of a preposition before them belong to what they say."""
_OF = re.compile(r"(?i)of|in|from|under")
_SOLVED = re.compile(
    r"(?i)\b(?:setting|equating)\b[^.;]*(?:\bto\s+zero|\band\s+(?:re)?(?:solving|arranging)(?:\s+for\s+it)?)\s*[,:]\s*\Z"
)
"""``Setting this to zero and solving, ``, ``Setting it to zero: ``: what follows from that is claimed."""
_WITH_SLOPE = re.compile(
    r"(?i)\bwith\s+(?:the\s+|its\s+)?(?:(?:first|second|partial|corresponding)\s+)?(?:derivatives?|gradients?|slopes?|hessians?)\s*:?\s*\Z"
)
"""``with derivative ``: what it is follows from what is differentiated."""
_CHECKS = re.compile(r"(?i)\bcheck(?:\s+(?:of|on|for)\s[^.;:]*)?\s*:\s*\Z")
"""``Check of the normalisation: ``: what is checked is claimed."""
NAMED_CASE = re.compile(
    r"(?i)(?:[^$⟨⟩]*[.;:]\s)?[^.;$⟨⟩]*\b(?:without|with\s+no|in\s+the\s+absence\s+of)\s+[a-z][a-z -]*"
    r"(?:\(\s*(?:i\.e\.\s*,?\s*|that\s+is,?\s+)?|,\s*(?:i\.e\.|that\s+is),?\s+)"
)
"""``Without a penalty (``: what the bracket says is the case."""
_CLOSED = re.compile(r"\w\s*,\s*\Z")


def _inside(sentence: str, start: int, cue: re.Match[str]) -> bool:
    """Whether a preposition only belongs to what words before a comma say: ``The rows of the matrix sum to zero, ``. At
    the start of a sentence it may say where the formula holds: ``In practice, ``."""
    before = sentence[start : cue.start()]
    if cue.group().lower() == "in":
        return _PUT.search(before) is not None
    if _ADJUNCT.match(sentence, cue.start()) is not None:
        return True
    return cue.group().lower() == "of" and re.search(r"[A-Za-z]", before) is not None


_ADJUNCT = re.compile(
    r"(?i)(?:taking|from|solving|setting|once|(?:if|when)\s+(?:we|one|you))\s[^,;:$⟨⟩]*,\s*\Z|solving\s*,\s*\Z"
)
"""What is done, told in words that a comma ends: ``Taking the derivative, ``, ``If we differentiate, ``."""
_PUT = re.compile(
    r"(?i)\b(?:plugg(?:ed|ing)|fill(?:ed|ing)|put(?:ting)?|insert(?:ed|ing)|computed|calculated|written|rewritten|expressed|evaluated|had|found|obtained|done)\s+"
    r"(?:(?:this|that|it|them|these|those|everything|both)\s+)?\Z"
)


# -- ranges of indices -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Counted:
    """An index and its range as some formula gives them."""

    name: str
    low: str
    high: str
    at: int


_NAME = r"(?:[A-Za-z]|\\ell|\\tau)"
_LIMIT = r"(?:\{(?P<braced>[^{}]*(?:_\{?\w+\}?)?[^{}]*)\}|(?P<single>[A-Za-z0-9]))"
_BIG = re.compile(
    rf"\\(?:sum|prod|bigcup|max|min|bigotimes)\s*(?:\\(?:limits|nolimits|displaystyle)\s*)?_\s*\{{\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)"
    rf"\s*=\s*(?P<low>\d+)\s*\}}\s*\^\s*{_LIMIT}"
)
_ABOVE_FIRST = re.compile(
    rf"\\(?:sum|prod|bigcup|max|min|bigotimes)\s*(?:\\(?:limits|nolimits|displaystyle)\s*)?\^\s*{_LIMIT}\s*"
    rf"_\s*\{{\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)\s*=\s*(?P<low>\d+)\s*\}}"
)
_DOTS = r"(?:\\[lcd]?dots[cb]?|\.\.\.?|…)"
_COUNT = re.compile(
    rf"(?<![A-Za-z\\_^{{])(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)\s*(?:=|\\in\s*\\\{{)\s*(?P<low>\d+)\s*,\s*(?:\d+\s*,\s*)?{_DOTS}\s*,?\s*"
    r"(?P<high>(?:[A-Z](?:_\{?\w+\}?)?|[a-z](?:_\{?\w+\}?)?|\d+)(?:\s*[-+]\s*(?:[A-Za-z](?![A-Za-z_^(])|\d+))*)"
)
_SIZE = re.compile(r"(?:[A-Za-z]|\d+)(?:_(?:\w|\{\w+\}))?(?:\s*[-+]\s*(?:[A-Za-z]|\d+))*\Z")


def counted(text: str) -> Iterator[Counted]:
    """Every index whose range a formula spells out.

    >>> [(c.name, c.low, c.high) for c in counted(r"\\sum_{n=1}^N x_n, \\quad k = 1, \\dots, K")]
    [('n', '1', 'N'), ('k', '1', 'K')]
    >>> [(c.name, c.low, c.high) for c in counted(r"\\sum^{M}_{m=1} x_m")]
    [('m', '1', 'M')]
    """
    for match in (*_BIG.finditer(text), *_ABOVE_FIRST.finditer(text)):
        high = (match["braced"] or match["single"] or "").strip()
        if _SIZE.match(high):
            for name in match["names"].split(","):
                yield Counted(name.strip(), match["low"], high, match.start())
    for match in _COUNT.finditer(text):
        for name in match["names"].split(","):
            yield Counted(name.strip(), match["low"], match["high"], match.start())


_DIMENSIONS = re.compile(r"\\mathbb\s*\{?[RNZ]\}?\s*\^\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\w)")


def dimensions(text: str) -> Iterator[str]:
    """Every letter in the exponent of a space: a size, never an index."""
    for match in _DIMENSIONS.finditer(text):
        yield from re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", match.group(1).replace("\\times", " "))


def ranges(texts: Iterable[str], taken: Iterable[str]) -> dict[str, Counted]:
    """The indices that all formulas of a document agree on, without those in ``taken``."""
    found: dict[str, Counted | None] = {}
    sizes: dict[str, None] = dict.fromkeys(taken)
    for text in texts:
        sizes.update(dict.fromkeys(dimensions(text)))
        for each in counted(text):
            old = found.setdefault(each.name, each)
            if old is not None and (old.low, old.high) != (each.low, each.high):
                found[each.name] = None
            sizes[each.high] = None
    return {name: each for name, each in found.items() if each is not None and name not in sizes}
