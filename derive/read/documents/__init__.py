"""Documents as people write them: what is mathematics, what is a declaration, what is prose, each with its place."""
