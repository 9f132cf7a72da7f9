"""Looks for certificates: the steps by which ``derive.replay`` gets from a claim to zero. Nothing here is trusted."""

from derive.certify.search import certificate

__all__ = ["certificate"]
