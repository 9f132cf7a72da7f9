"""Derivations about boosting."""
