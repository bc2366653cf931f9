"""The pages of the documentation as data: their fenced blocks, and the texts that fragments are put into."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^```(?P<language>\w*)(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

# A fragment is the inside of an indicator; what it does not say itself, these defaults say.
_AROUND = """\
calendar council "Council year" {{ year starts 1 April }}
scale send-category {{ "Category 1" > "Category 2" > "Category 3" }}
travel short {{ against previous quarter }}
travel long {{ against same quarter last year }}
defaults for library {{
  calendar council
  unit percent
  polarity higher is better
  target 80%
  tolerance none
}}
indicator EXAMPLE "An example" {{
{statements}
}}
{tests}
"""


@frozen
class Block:
    """A fenced block: its language, the words beside it, its text, and where it stands."""

    page: Path
    line: int
    language: str
    info: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        """For the names of tests: `docs/tutorial.md:12`."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def definitions(self) -> str:
        """The whole definitions that the block stands for."""
        if "fragment" not in self.info:
            return self.text
        statements, tests, after = self.text.partition("test EXAMPLE")
        return _AROUND.format(statements=statements, tests=tests + after)

    def codes(self, word: str) -> list[str]:
        """The codes that stand behind a word such as `bad`, in order."""
        if word not in self.info:
            return []
        following = self.info[self.info.index(word) + 1 :]
        return sorted(code for code in following if code not in ("bad", "warns"))


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, from top to bottom."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Block(page, line, match["language"], tuple(match["info"].split()), match["text"])


def links(page: Path) -> Iterator[str]:
    """Where a page points to inside the repository, without the part after `#`."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            yield target
