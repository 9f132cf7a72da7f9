"""How a result is shown: text, JSON and its relatives, LaTeX."""
