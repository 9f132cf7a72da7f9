"""Formulas as a small tree of marks: read from LaTeX, broken into lines, written as LaTeX and as MathML."""
