"""Frozen editions: request, approval, archive, print, verification."""
