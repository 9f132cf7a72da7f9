"""Derivations about variational inference."""
