"""How each kind of claim is proved: one file a kind, each with a search for evidence and a check of it."""
