"""In continuous integration a skipped test is a failure: nothing is proved by a test that did not run."""

import os

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of a law. With CI=true Hypothesis loads a profile of its own that says the same.
if os.environ.get("CI") != "true":
    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")

# Under this one mutants are tried: few examples, and the same ones every time.
settings.register_profile("mutants", max_examples=30, derandomize=True, deadline=None, database=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record", action="store_true", help="write what is generated in docs/reference anew; read the diff"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := skipped(config):
        terminalreporter.write_line(f"{count} skipped, and with CI=true a skipped test is a failure.", red=True)


def skipped(config: pytest.Config) -> int:
    """How many skipped tests must not pass unnoticed here."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter and os.environ.get("CI") == "true" else 0
