"""Text to nodes and back: the only door to Lark."""

from kpirules.syntax.parse import parse
from kpirules.syntax.print import print_file, print_node

__all__ = ["parse", "print_file", "print_node"]
