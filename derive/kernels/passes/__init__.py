"""Transformations of programs: each leaves what is computed provably equal, and makes it faster or more accurate."""
