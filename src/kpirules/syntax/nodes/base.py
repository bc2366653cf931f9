"""What all syntax nodes share: a place, and the small nodes that carry a word, a text or a number as written."""

from attrs import field, frozen

from kpirules.source import Span


@frozen
class Node:
    """Something that was written, and where.

    Two nodes are equal when they say the same thing, wherever they stand: the span does not count.
    A node that adds no field needs no decorator, and importing is quicker without.
    """

    span: Span = field(eq=False, repr=False)


@frozen
class Name(Node):
    """A bare word that names something: `B3d`, `rag`, `quarter`."""

    text: str


@frozen
class Text(Node):
    """A text in quotes; `value` is what it says, without the quotes and their escapes."""

    value: str


@frozen
class Number(Node):
    """A plain number as it was written, such as `4` or `10,000`."""

    text: str


@frozen
class Percentage(Node):
    """A percentage as it was written, such as `5%`."""

    text: str


@frozen
class Quantity(Node):
    """An amount as it was written: `80%`, `-13.5`, `£1.222m`, `3m 39s`, `30 days`; runs of blanks are one blank."""

    text: str


@frozen
class Period(Node):
    """A period as it was written: `2023/24`, `2023/24 Q2`, `2023-09`, `2023`; runs of blanks are one blank."""

    text: str


@frozen
class Date(Node):
    """A day as it was written: `2023-07-31`."""

    text: str


@frozen
class Words(Node):
    """Bare words that belong together, such as the reason `no value`."""

    text: str


Ref = Name | Text
"""What an indicator or a component is called: a word, or a quoted text."""
