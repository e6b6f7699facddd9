"""Painted parts joined to one PDF: pages, links, outline, structure, fonts and metadata."""

from __future__ import annotations

from book.press.binding.single import finish
from book.press.binding.volume import Volume, bind

__all__ = ["Volume", "bind", "finish"]
