"""`pytest tests/spec --record` writes anew what the files in `shown` expect; read the diff as a user would."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the expected renderings in tests/spec/shown anew")
