"""Text to nodes and back: the only door to Lark."""

from kpirules.syntax.parse import parse

__all__ = ["parse"]
