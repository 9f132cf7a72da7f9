"""What can be said: sizes, terms, contexts, claims, verdicts. Frozen data, no search."""
