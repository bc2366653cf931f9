"""Data as JSON text, which stays whole on any screen: letters beyond its encoding are escaped, never lost."""

import json

from kpirules.present.screen import Screen


def json_text(data: object, screen: Screen) -> str:
    """Indented JSON; in plain ASCII unless the screen writes all of Unicode."""
    return json.dumps(data, indent=2, ensure_ascii=not screen.encoding.lower().startswith("utf"))
