"""Text to nodes and back: the only door to Lark."""
