"""Looks for certificates: rewrites from a claim to zero, by the steps of ``derive.replay``. Nothing here is trusted."""

from derive.certify.search import certificate

__all__ = ["certificate"]
