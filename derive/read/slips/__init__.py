"""LaTeX one slip away from what was written: a sign, a factor, an index, a transpose …, as changes to the text."""

from derive.read.slips.plain import cancels, plainer
from derive.read.slips.search import rank, slips, variables
from derive.read.slips.text import Change, Slip, differences

__all__ = ["Change", "Slip", "cancels", "differences", "plainer", "rank", "slips", "variables"]
