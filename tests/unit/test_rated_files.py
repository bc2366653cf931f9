"""Tables are rated from file to file: nothing of them is lost, and what is not whole is not there."""

import csv
import io
import signal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kpirules
from kpirules.cli import main
from kpirules.rated_tables.csv_file import CsvFile

LIBRARY = kpirules.load("indicators/sandwell-2023-24")
ROWS = [
    ["B3d", "2023/24 Q2", "79%", "Café, north"],
    ["B6b", "2023/24 Q2", "22", ""],
    ["B3d", "2022/23 Q2", "75.99%", 'a "word"'],
]
HEADER = ["indicator", "period", "value", "note of ours"]
RATED = [["amber", "", "", "no-comparator", "improved", ""], ["amber", "", "", "no-comparator", "", "no-comparator"],
         ["red", "", "", "no-comparator", "", "no-comparator"]]  # fmt: skip


def written(path: Path, *, encoding: str = "utf-8", separator: str = ",", line_end: str = "\n") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows([HEADER, *ROWS])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_csv_keeps_its_manner(tmp_path: Path, encoding: str, separator: str, line_end: str) -> None:
    source = written(tmp_path / "in.csv", encoding=encoding, separator=separator, line_end=line_end)
    target = tmp_path / "with blanks.csv"
    found = LIBRARY.rate_file(source, target)
    assert found.rating.counts() == {"amber": 2, "red": 1}
    text = target.read_bytes().decode(encoding)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert rows[0] == [*HEADER, "rating", "reason", "short", "short_reason", "long", "long_reason"]
    assert rows[1:] == [[*row, *rated] for row, rated in zip(ROWS, RATED, strict=True)]
    assert text.count(line_end) == 4
    assert (line_end == "\r\n") == ("\r" in text)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in.csv", "with blanks.csv"]


def test_a_file_may_be_rated_where_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "observed.csv")
    LIBRARY.rate_file(path, path, into={"rating": "RAG", "reason": None, "short_reason": None, "long_reason": None})
    assert path.read_text(encoding="utf-8").splitlines()[:2] == [
        "indicator,period,value,note of ours,RAG,short,long",
        'B3d,2023/24 Q2,79%,"Café, north",amber,,improved',
    ]


@pytest.mark.parametrize(
    ("asked", "added"),
    [(["--travel", "long"], ["rating", "reason", "long", "long_reason"]), (["--no-travel"], ["rating", "reason"])],
)
def test_travels_are_those_that_are_asked_for(tmp_path: Path, asked: list[str], added: list[str]) -> None:
    source, target = written(tmp_path / "in.csv"), tmp_path / "out.csv"
    assert main(["rate-file", "indicators/sandwell-2023-24", str(source), str(target), *asked]) == 0
    assert target.read_text(encoding="utf-8").splitlines()[0].split(",") == [*HEADER, *added]


def test_a_travel_that_there_is_not_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = written(tmp_path / "in.csv"), tmp_path / "out.csv"
    assert main(["rate-file", "indicators/sandwell-2023-24", str(source), str(target), "--travel", "longer"]) == 2
    assert "no indicator has a travel 'longer'; there is 'short', 'long'" in capsys.readouterr().err
    assert not target.exists()


def test_rows_that_end_early_and_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "observed.csv"
    path.write_text("indicator,period,value,who\nB3d,2023/24 Q2,79%\n\n,,,\nB6b,2023/24 Q2,22,me\n", encoding="utf-8")
    LIBRARY.rate_file(path, path, into=dict.fromkeys(["reason", "short", "short_reason", "long", "long_reason"]))
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [
        "B3d,2023/24 Q2,79%,,amber",
        "B6b,2023/24 Q2,22,me,amber",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the first line of in.csv is empty: it must name the columns"),
        ("indicator,value\nB3d,1\n", "there is no column 'period'"),
        ("indicator,period,value\nB3d,2023/24 Q2,1,2\n", "line 2 has more cells than the header has names"),
        ('indicator,period,value\nB3d,2023/24 Q2,"' + "1" * 200_000 + '"\n', "line 2 is no row of a table"),
        (
            "indicator,period,value,rating\nB3d,2023/24 Q2,1,red\n",
            "there is a column 'rating' already: --into rating=NAME gives",
        ),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, text: str, said: str) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(kpirules.TableError, match=said):
        LIBRARY.rate_file(source, target)
    assert not target.exists()


def test_a_header_may_stand_below_a_title_and_in_any_capitals(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    above = "Scorecard; quarter 2, 2023/24\r\n\r\nprinted;1 October\r\n"
    source.write_bytes(f"{above}Indicator; Period;VALUE;who\r\nB3d;2023/24 Q2;79%;me\r\nB6b;2023/24 Q2;22\r\n".encode())
    words = [str(source), str(target), "--no-travel", "--into", "reason="]
    assert main(["rate-file", "indicators/sandwell-2023-24", *words]) == 0
    assert target.read_bytes().decode() == (
        f"{above}Indicator;Period;VALUE;who;rating\r\nB3d;2023/24 Q2;79%;me;amber\r\nB6b;2023/24 Q2;22;;amber\r\n"
    )
    assert len(LIBRARY.score(source, period="2023/24 Q2").rows) == 133


def test_faults_below_a_title_are_told_by_their_lines(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("A title\n\nKPI,Period,Value\nB3d,2023/24 Q2,79%\nB3x,2023/24 Q2,1\n", encoding="utf-8")
    with pytest.raises(kpirules.LibraryError) as told:
        LIBRARY.rate_file(source, tmp_path / "out.csv", columns={"indicator": "kpi"})
    (fault,) = told.value.diagnostics
    assert (str(fault.span), fault.span.text) == (f"{source}:5:1", "B3x")
    source.write_text("A title\nindicator,period,value\nB3d,2023/24 Q2,1,2\n", encoding="utf-8")
    with pytest.raises(kpirules.TableError, match="line 3 has more cells"):
        LIBRARY.rate_file(source, tmp_path / "out.csv")


def test_of_names_in_several_capitals_the_very_name_counts(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("indicator,period,Value,value\nB3d,2023/24 Q2,nothing,79%\n", encoding="utf-8")
    assert LIBRARY.rate_file(source, target).rating.counts() == {"amber": 1}
    source.write_text("indicator,period,Value,VALUE\nB3d,2023/24 Q2,nothing,79%\n", encoding="utf-8")
    with pytest.raises(kpirules.TableError, match="'Value', 'VALUE' are all called 'value': say which it is"):
        LIBRARY.rate_file(source, target)


@pytest.mark.parametrize("names", [("in.csv", "out.parquet"), ("in.xlsx", "out.xlsx"), ("in", "out")])
def test_files_of_other_kinds_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(kpirules.TableError, match=r"must end in|ends in"):
        LIBRARY.rate_file(*(written(tmp_path / name) for name in names))


def test_an_end_in_between_leaves_the_old_file(tmp_path: Path) -> None:
    source, target = written(tmp_path / "in.csv"), tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    told = []

    def stopped(done: int, total: int) -> None:
        told.append(done)
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        LIBRARY.rate_file(source, target, watch=stopped)
    assert told
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize("foreign", [False, True])
def test_who_is_told_to_end_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, foreign: bool
) -> None:
    source, target = written(tmp_path / "in.csv"), tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    write, heard = CsvFile.write, []

    def ended(table: CsvFile, unfinished: Path, *rest: Any) -> None:
        write(table, unfinished, *rest)
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(CsvFile, "write", ended)
    before = signal.signal(signal.SIGTERM, (lambda *_: heard.append(True)) if foreign else signal.SIG_DFL)
    try:
        after = signal.getsignal(signal.SIGTERM)
        code = main(["rate-file", "indicators/sandwell-2023-24", str(source), str(target)])
        assert signal.getsignal(signal.SIGTERM) == after
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (code, len(heard)) == ((0, 1) if foreign else (128 + signal.SIGTERM, 0))
    assert (target.read_text(encoding="utf-8") == "old") is not foreign
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_parquet_keeps_its_columns(tmp_path: Path) -> None:
    table = pa.table(
        {
            "indicator": pa.array([row[0] for row in ROWS]),
            "period": pa.array([row[1] for row in ROWS]).dictionary_encode(),
            "value": [79.0, 22.0, 75.99],
            "when": pa.array([1, 2, None], pa.timestamp("ms")),
        }
    )
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table, source, row_group_size=2)
    LIBRARY.rate_file(source, target)
    rated = pq.read_table(target)
    assert rated.schema.names[:4] == table.schema.names
    assert rated.select(table.column_names).schema == table.schema
    assert rated.select(table.column_names).to_pydict() == table.to_pydict()
    assert rated["rating"].to_pylist() == ["amber", "amber", "red"]
    assert rated["long"].to_pylist() == ["improved", None, None]
    assert rated["long_reason"].to_pylist() == [None, "no-comparator", "no-comparator"]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "observed.csv"
    path.write_text("kpi,period,value\nB3d,2023/24 Q2,79%\nB6b,2023/24 Q2,NA\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    names = ["--column", "indicator=kpi", "--into", "rating=RAG", "--into", "short="]
    assert main(["rate-file", "indicators/sandwell-2023-24", str(path), str(out), *names]) == 0
    assert capsys.readouterr().out == f"2 rows in {out}: 1 amber, 1 not rated\n"
    assert (
        out.read_text(encoding="utf-8").splitlines()[0] == "kpi,period,value,RAG,reason,short_reason,long,long_reason"
    )


@pytest.mark.parametrize(
    "words", [["in.csv", "out.csv", "--column", "value"], ["in.csv", "out.csv"], ["no.csv", "o.csv"]]
)
def test_the_command_that_cannot_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    library = str(Path("indicators/sandwell-2023-24").resolve())
    (tmp_path / "in.csv").write_text("indicator,period,value\nnobody,2023/24 Q2,1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["rate-file", library, *words]) == 2
    complaint = capsys.readouterr().err
    assert complaint
    assert "Traceback" not in complaint
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "kpi_code,period,actual",
            "there is no column 'indicator' for the indicator and no column 'value' for the value: say which it is of",
        ),
        ("indicator,period,value,value", "there are two columns 'value': take one of them out"),
        ("", "the first line of in.csv is empty: it must name the columns"),
    ],
)
def test_a_header_that_says_too_little_or_too_much_is_told(tmp_path: Path, header: str, said: str) -> None:
    (tmp_path / "in.csv").write_text(f"{header}\nB3d,2023/24 Q2,79%,78%\n", encoding="utf-8")
    with pytest.raises(kpirules.KpirulesError) as told:
        LIBRARY.rate_file(tmp_path / "in.csv", tmp_path / "out.csv")
    assert said in str(told.value)


def test_where_nothing_can_be_written_is_told_in_the_users_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "in.csv")
    (tmp_path / "folder.csv").mkdir()
    kept = written(tmp_path / "kept.csv")
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != kept.resolve())
    for target, named in (
        (tmp_path / "nowhere" / "out.csv", (tmp_path / "nowhere").resolve()),
        (tmp_path / "folder.csv", (tmp_path / "folder.csv").resolve()),
        (kept, kept.resolve()),
    ):
        assert main(["rate-file", "indicators/sandwell-2023-24", str(source), str(target)]) == 2
        assert capsys.readouterr().err.startswith(str(named))


def test_what_is_written_over_keeps_its_mode_and_its_links(tmp_path: Path) -> None:
    source, target, link = written(tmp_path / "in.csv"), tmp_path / "out.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    mode = target.stat().st_mode
    link.symlink_to(target)
    LIBRARY.rate_file(source, link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("indicator,period,value,note of ours,rating")
    assert target.stat().st_mode == mode


def test_faulty_rows_are_told_by_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.csv"
    text = 'note;who;period;actual\n\n"two\nlines";B3d;2023/24 Q2;79%\n;B3x;2023/24 Q2;79%\n;B3d;;1\n'
    source.write_text(text, encoding="utf-8")
    words = ["--column", "indicator=who", "--column", "value=actual"]
    assert main(["rate-file", "indicators/sandwell-2023-24", str(source), str(tmp_path / "out.csv"), *words]) == 2
    told = capsys.readouterr().err
    assert f"{source}:5:2: error[unknown-indicator]: there is no indicator `B3x`\n 5 | ;B3x;2023/24 Q2;79%\n" in told
    assert "help: did you mean `B3" in told
    assert f"{source}:6:6: error[bad-period]" in told
    assert told.endswith("2 errors\n")


def test_faulty_rows_of_parquet_are_told_by_their_numbers(tmp_path: Path) -> None:
    table = pa.table({"indicator": ["B3d", "B3x"], "period": ["2023/24 Q2"] * 2, "value": [79.0, 1.5]})
    pq.write_table(table, tmp_path / "in.parquet")
    with pytest.raises(kpirules.LibraryError) as told:
        LIBRARY.rate_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    (fault,) = told.value.diagnostics
    assert (str(fault.span), fault.span.text) == (f"{tmp_path / 'in.parquet'}:2:11", "B3x")


def test_of_many_faulty_rows_the_first_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.csv"
    source.write_text("indicator,period,value\n" + "nobody,2023,1\n" * 150, encoding="utf-8")
    assert main(["rate-file", "indicators/sandwell-2023-24", str(source), str(tmp_path / "out.csv")]) == 2
    assert capsys.readouterr().err.endswith("100 errors\n(and 50 more)\n")
