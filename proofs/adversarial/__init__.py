"""Derivations about generative adversarial networks."""
