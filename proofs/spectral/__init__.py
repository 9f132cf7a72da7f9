"""Derivations about eigenvalues: spectral clustering and principal components."""
