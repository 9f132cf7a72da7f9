"""Mixture models: gradients of the likelihood, and the updates of expectation maximisation."""
