from pathlib import Path

import pytest

SOUND = """\
language 1

calendar council "Council year" { year starts 1 April }
travel short "Last quarter" { against previous quarter }

defaults for library {
  calendar   council
  frequency  quarterly
  scheme     rag
  unit       percent
  polarity   higher is better
  tolerance  5% of target
  travel     short
}

theme schools "Schools and children" {
  indicator S1 "Schools rated good" { target 80% }
  indicator S2 "Attendance" {
    target 50% until 2023/24 Q2
    target 60% from 2023/24 Q3
  }
}

theme streets "Clean streets" {
  indicator "C1 / NI5" "Streets that are clean" {
    overall worst component
    component litter "Litter" { target 90% }
    component graffiti "Graffiti" { target 90% }
  }
  indicator M1 "Balance" {
    unit money GBP
    target £10k
  }
  indicator T1 "Total" {
    unit count
    target 1,000
    value sum of components
    overall own value
    component north "North" { target none }
    component south "South" { target none }
  }
  indicator R1 "Share" {
    inputs met count, all count
    value met / all
    target 80%
  }
}

test S1 {
  79% is amber
  80% is green
}
"""
OBSERVED = """\
indicator,component,period,value
S1,,2023/24 Q1,81%
S1,,2023/24 Q2,79%
S2,,2023/24 Q2,51%
C1 / NI5,litter,2023/24 Q2,90%
C1 / NI5,graffiti,2023/24 Q2,20%
"""
FAULTY = SOUND.replace("target 80%", "target 80 apples", 1)
FAILING = SOUND.replace("79% is amber", "79% is red")


@pytest.fixture
def sound(tmp_path: Path) -> str:
    """A folder of sound definitions with observations."""
    return folder(tmp_path / "sound", SOUND, OBSERVED)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    return folder(tmp_path / "faulty", FAULTY, OBSERVED)


@pytest.fixture
def failing(tmp_path: Path) -> str:
    """Sound definitions with a test that fails."""
    return folder(tmp_path / "failing", FAILING, OBSERVED)


@pytest.fixture
def misread(tmp_path: Path) -> str:
    """Sound definitions with an observation that cannot be read."""
    return folder(tmp_path / "misread", SOUND, OBSERVED.replace("51%", "a lot"))


@pytest.fixture
def unobserved(tmp_path: Path) -> str:
    return folder(tmp_path / "unobserved", SOUND, None)


def folder(path: Path, definitions: str, observed: str | None) -> str:
    (path / "observations").mkdir(parents=True)
    (path / "all.kpi").write_text(definitions, encoding="utf-8")
    if observed is not None:
        (path / "observations" / "q2.csv").write_text(observed, encoding="utf-8")
    return str(path)
