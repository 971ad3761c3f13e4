"""The command line, in this process: what it prints, what it leaves, and how it fails."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path
from uuid import uuid4

import dagster as dg
import duckdb
import polars as pl
import pytest
from typer.testing import Result
from upath import UPath

from orchestration.settings import prepare_dagster_home
from orchestration.store import Store
from tests.orchestration.conftest import ARTICLES, chitieu, contents, publications, said, write

NEW = {"them.txt": "Hưng Yên, ngày 09/01/2024\n\nNăm 2023, giá trị sản xuất công nghiệp của tỉnh Hưng Yên đạt 41.500 tỷ đồng.\n"}
NOTHING_CHANGED = "Nothing changed"
Copied = tuple[Store, Path]


def is_told_kindly(result: Result, *words: str) -> bool:
    """Whether a command ended with a message and without a trace."""
    assert all(word in result.stderr for word in words), result.stderr
    return result.exit_code == 1 and "Traceback" not in result.output and isinstance(result.exception, SystemExit)


def rows(store: Store, table: str) -> int:
    with duckdb.connect(str(store.published), read_only=True) as connection:
        return int(connection.sql(f"SELECT count(*) AS n FROM {table}").pl().item())


def test_a_run_ends_with_a_summary(first_run: tuple[Store, Result]) -> None:
    store, result = first_run
    assert result.exit_code == 0, result.output
    told = said(result)
    assert (told["documents"], told["unread"]) == (2, 1)
    assert told["accepted"] >= 3
    assert told["accepted"] + told["rejected"] + told["not assigned"] == told["facts and other quantities"]
    assert f"Published: {store.published}" in result.stdout
    assert NOTHING_CHANGED not in result.stdout


def test_a_run_ends_with_commands_that_find_its_file(copied: Copied, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store, articles = copied
    told = chitieu("run", articles, "--out", store.out).stdout
    assert f'FROM observation LIMIT 10" --out {store.out}\n' in told
    assert f"chitieu ui --out {store.out}\n" in told
    monkeypatch.setenv("CHITIEU_OUT", str(store.out))
    told = chitieu("run", articles).stdout
    assert 'FROM observation LIMIT 10"\n' in told
    assert "chitieu ui\n" in told
    odd = store.out.rename(tmp_path / "hai từ")
    assert f"chitieu ui --out '{odd}'\n" in chitieu("run", articles, "--out", odd).stdout


def test_the_published_file_holds_what_the_summary_says(first_run: tuple[Store, Result]) -> None:
    store, result = first_run
    told = said(result)
    assert rows(store, "dim_document") == told["documents"]
    assert rows(store, "observation") == told["accepted"]
    assert rows(store, "unread_record") == told["unread"]
    assert publications(store.published) == 1


def test_a_broken_file_does_not_stop_the_run_and_is_told(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    with duckdb.connect(str(store.published), read_only=True) as connection:
        assert connection.execute("SELECT source_file, reason FROM unread_record").fetchall() == [("hong.txt", "binary")]


def test_every_run_is_in_the_history(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    prepare_dagster_home(store.out)
    with dg.DagsterInstance.get() as instance:
        told = [(run.job_name, run.tags.get("dagster/partition"), run.status) for run in instance.get_runs()]
        read_at = instance.get_latest_materialization_event(dg.AssetKey(["quality", "accepted"]))
    success = dg.DagsterRunStatus.SUCCESS
    assert told == [("publish", None, success), ("read_batch", "tin", success)]
    assert read_at is not None


def test_a_second_run_says_that_nothing_changed_and_changes_nothing(copied: Copied) -> None:
    store, articles = copied
    before = store.published.read_bytes()
    result = chitieu("run", articles, "--out", store.out)
    assert result.exit_code == 0
    assert NOTHING_CHANGED in result.stdout
    assert said(result)["documents"] == 2
    assert store.published.read_bytes() == before


def test_all_made_anew_the_rows_and_keys_are_equal(copied: Copied, tmp_path: Path) -> None:
    store, articles = copied
    again = Store(tmp_path / "again")
    assert chitieu("run", articles, "--out", again.out).exit_code == 0
    assert contents(again.published) == contents(store.published)


def test_a_changed_folder_is_read_again(copied: Copied) -> None:
    store, articles = copied
    facts = rows(store, "observation")
    write(articles, NEW)
    result = chitieu("run", articles, "--out", store.out)
    assert NOTHING_CHANGED not in result.stdout
    assert said(result)["documents"] == rows(store, "dim_document") == 3
    assert rows(store, "observation") > facts
    (articles / "them.txt").unlink()
    chitieu("run", articles, "--out", store.out)
    assert rows(store, "dim_document") == 2
    assert publications(store.published) == 3


def test_a_second_batch_is_published_beside_the_first(copied: Copied, tmp_path: Path) -> None:
    store, _ = copied
    result = chitieu("run", write(tmp_path / "hung-yen", NEW) / "them.txt", "--out", store.out)
    assert said(result)["documents"] == 1
    assert rows(store, "dim_document") == 3
    assert store.batches() == ["them-txt", "tin"]


def test_a_folder_without_anything_readable_is_published_too(tmp_path: Path) -> None:
    (tmp_path / "tin").mkdir()
    (tmp_path / "tin" / "hong.txt").write_bytes(bytes(range(256)))
    store = Store(tmp_path / "out")
    result = chitieu("run", tmp_path / "tin", "--out", store.out)
    assert result.exit_code == 0, result.output
    assert (said(result)["documents"], said(result)["unread"]) == (0, 1)
    assert rows(store, "unread_record") == 1


def test_a_publication_that_was_lost_is_made_again(copied: Copied) -> None:
    store, articles = copied
    before = contents(store.published)
    store.published.unlink()
    assert NOTHING_CHANGED not in chitieu("run", articles, "--out", store.out).stdout
    assert contents(store.published) == before


def test_a_failed_verdict_ends_the_run_with_its_message(copied: Copied) -> None:
    store, articles = copied
    verdict, provenance = store.load("quality", "verdict", "tin")
    assert provenance is not None
    broken = verdict.with_columns(passed=False, failing_rows=pl.lit(7, pl.Int64), message=pl.lit("7 rows are lost."))
    store.write(broken, "quality", "verdict", "tin", provenance)
    store.note_publication("an earlier one")
    before = store.published.read_bytes()
    result = chitieu("run", articles, "--out", store.out)
    assert is_told_kindly(result, "publish failed", "the last good file stays", "7 rows are lost.")
    assert store.published.read_bytes() == before


def test_a_foreign_log_ends_the_run_with_what_to_do(copied: Copied) -> None:
    store, articles = copied
    write(articles, NEW)
    store.published.with_name("chitieu.duckdb.wal").write_bytes(b"of somebody else")
    before = store.published.read_bytes()
    result = chitieu("run", articles, "--out", store.out)
    assert is_told_kindly(result, "chitieu.duckdb.wal lies beside the published file", "Close that program")
    assert store.published.read_bytes() == before


def test_a_half_read_batch_ends_the_run_and_reading_it_again_mends_it(copied: Copied, tmp_path: Path) -> None:
    store, articles = copied
    document, provenance = store.load("documents", "document", "tin")
    assert provenance is not None
    store.write(document, "documents", "document", "tin", type(provenance)("of changed files", provenance.fingerprints))
    other = write(tmp_path / "khac", NEW)
    assert is_told_kindly(chitieu("run", other, "--out", store.out), "Batch tin has not been read to its end", f"chitieu run {articles}")
    assert chitieu("run", articles, "--out", store.out).exit_code == 0
    assert rows(store, "dim_document") == 3


def test_batches_of_older_code_are_named(copied: Copied, tmp_path: Path) -> None:
    store, _ = copied
    for room, table in store.tables("tin"):
        frame, provenance = store.load(room, table, "tin")
        assert provenance is not None
        store.write(frame, room, table, "tin", type(provenance)(provenance.input, dict.fromkeys(provenance.fingerprints, "older")))
    result = chitieu("run", write(tmp_path / "khac", NEW), "--out", store.out)
    assert result.exit_code == 0
    assert "Read by older code or vocabulary: tin." in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "/no/such/folder"), "There is no file or folder /no/such/folder to read."),
        (("extract", "/no/such/file.txt"), "There is no file /no/such/file.txt."),
        (("extract", ""), "No file is named"),
        (("query", "SELECT 1"), "There is no published file"),
        (("explain", "bai.txt"), "No batch in"),
    ],
)
def test_what_is_not_there_is_named(words: tuple[str, str], message: str, tmp_path: Path) -> None:
    out = () if words[0] == "extract" else ("--out", tmp_path / "out")
    assert is_told_kindly(chitieu(*words, *out), message)


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    result = chitieu("run", write(tmp_path / "tin"), "--out", tmp_path / "file" / "out")
    assert is_told_kindly(result, f"{tmp_path}/file/out", "Not a directory")


def test_stale_reads_again_just_what_has_changed_and_publishes(copied: Copied, tmp_path: Path) -> None:
    store, articles = copied
    for name in ("cu", "mat"):
        article = {f"{name}.txt": f"Tin {name}. {NEW['them.txt']}"}
        assert chitieu("run", write(tmp_path / name, article), "--out", store.out).exit_code == 0
    provenance = store.provenance("quality", "verdict", "cu")
    assert provenance is not None
    older = dict.fromkeys(provenance.fingerprints, "older")
    for room, table in store.tables("cu"):
        store.write(store.read(room, table, "cu"), room, table, "cu", type(provenance)(provenance.input, older))
    shutil.rmtree(tmp_path / "mat")
    write(articles, NEW)
    read_at = {batch: store.read_at(batch) for batch in store.batches()}
    result = chitieu("run", "--stale", "--out", store.out)
    assert result.exit_code == 0, result.output
    assert "Read again: cu, tin." in result.stdout
    assert {batch for batch in store.batches() if store.read_at(batch) != read_at[batch]} == {"cu", "tin"}
    assert rows(store, "dim_document") == 5
    assert store.is_published()
    assert "nothing, no batch is stale" in chitieu("run", "--stale", "--out", store.out).stdout


def test_stale_takes_no_input(tmp_path: Path) -> None:
    result = chitieu("run", write(tmp_path / "tin"), "--stale", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "leave INPUT out" in result.stderr


def test_a_folder_of_an_object_store_is_read_and_nothing_of_it_is_left(tmp_path: Path) -> None:
    bucket = UPath(f"memory://{uuid4().hex}")
    (bucket / "ngay").mkdir(parents=True)
    for name, text in ARTICLES.items():
        (bucket / "ngay" / name).write_text(text, encoding="utf-8")
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    assert chitieu("run", write(tmp_path / "ngay"), "--out", here.out).exit_code == 0
    result = chitieu("run", f"{bucket}/ngay", "--out", there.out)
    assert result.exit_code == 0, result.output
    assert contents(there.published) == contents(here.published)
    assert list((there.out / "fetched").iterdir()) == []
    assert NOTHING_CHANGED in chitieu("run", f"{bucket}/ngay", "--out", there.out).stdout
    (bucket / "ngay" / "them.txt").write_text(NEW["them.txt"], encoding="utf-8")
    assert said(chitieu("run", f"{bucket}/ngay", "--out", there.out))["documents"] == 3


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (["ui"], "dg dev --host 127.0.0.1 --port 3000"),
        (["webserver"], "dagster-webserver --host 127.0.0.1 --port 3000"),
        (["webserver", "--host", "0.0.0.0", "--port", "80", "--read-only"], "dagster-webserver --host 0.0.0.0 --port 80 --read-only"),
        (["daemon"], "dagster-daemon run"),
    ],
)
def test_services_listen_on_this_machine_alone_unless_told_otherwise(
    words: list[str], program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execv", lambda _, command: begun.append(command))
    assert chitieu(*words, "--out", "out").exit_code == 0
    assert [" ".join(command) for command in begun] == [f"{program} -w workspace.yaml"]
    assert Path("workspace.yaml").exists(), "it goes on in the project"
    assert (tmp_path / "out" / "inbox").is_dir()
    assert os.environ["CHITIEU_INBOX"] == str(tmp_path / "out" / "inbox")
    assert (tmp_path / "out" / "dagster" / "dagster.yaml").exists()


def test_extract_prints_facts_as_a_table_and_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    articles = write(tmp_path / "tin")
    result = chitieu("extract", articles / "cong-nghiep.txt")
    assert result.exit_code == 0
    assert "12,15%" in result.stdout
    assert "2 accepted, 0 rejected" in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["tin"]


LONG = """Hà Nam: Công nghiệp tăng khá

Ngày 05/01/2024

Năm 2023, giá trị sản xuất công nghiệp của huyện Thanh Liêm, tỉnh Hà Nam đạt 30.640 tỷ đồng, tăng 12,15% so với năm 2022.
9 tháng đầu năm 2023, thu nhập bình quân của huyện đạt 11 triệu đồng/người/tháng.
Từ ngày 01/01/2023 đến ngày 02/08/2023, toàn huyện có 210 doanh nghiệp thành lập mới.
"""


@pytest.mark.parametrize("columns", ["80", "200"])
def test_extract_breaks_no_name_and_no_number(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = chitieu("extract", "-", stdin=LONG).stdout.splitlines()
    assert max(map(len, lines)) <= int(columns)
    words = {word for line in lines for word in line.split()}
    assert {"industrial_output_value", "average_income", "30,640,000,000,000", "VND/person/month"} <= words
    assert {"2023-01/2023-09", "2023-01-01/2023-08-02"} <= words or {"2023-01/", "2023-09", "2023-01-01/", "2023-08-02"} <= words
    assert {"30.640", "12,15%", "đồng/người/tháng", "Liêm", "growth", "level"} <= {word.rstrip(",") for word in words}


def test_extract_gives_a_fact_one_line_where_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = chitieu("extract", "-", stdin=LONG).stdout.splitlines()
    (line,) = [line for line in lines if "30.640 tỷ đồng" in line]
    cells = ("industrial_output_value", "level", "30,640,000,000,000 VND", "2023", "Hà Nam > Thanh Liêm", "actual")
    assert all(cell in line for cell in cells)


def test_extract_shows_both_ends_of_a_range() -> None:
    result = chitieu("extract", "-", stdin="Năm 2023, chỉ số sản xuất công nghiệp của tỉnh Hà Nam tăng 15-20%.\n")
    assert "15–20" in result.stdout


def test_extract_reads_standard_input_and_prints_json() -> None:
    text = ARTICLES["cong-nghiep.txt"]
    result = chitieu("extract", "-", "--json", stdin=text)
    level, growth = (json.loads(line) for line in result.stdout.splitlines())
    assert (level["indicator"], level["measure"], level["unit"], level["period"]) == ("industrial_output_value", "level", "VND", "2023")
    assert level["value"] == 30.64e12
    assert level["place"] == "Hà Nam"
    assert (growth["measure"], growth["value"], growth["base_start"]) == ("growth", 12.15, "2022-01-01")
    assert all(text[fact["evidence_start"] : fact["evidence_end"]] == fact["evidence"] for fact in (level, growth))


def test_extract_of_a_text_without_figures_prints_nothing() -> None:
    result = chitieu("extract", "-", "--json", stdin="Trời hôm nay đẹp.\n")
    assert (result.exit_code, result.stdout) == (0, "")


def test_extract_of_what_cannot_be_read_says_why() -> None:
    assert is_told_kindly(chitieu("extract", "-", stdin=bytes(range(256))), "binary")


def test_query_prints_the_rows(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    result = chitieu("query", "SELECT document, value FROM observation WHERE measure = 'growth'", "--out", store.out)
    assert result.exit_code == 0
    assert "cong-nghiep.txt" in result.stdout
    assert "12.15" in result.stdout


def test_query_takes_its_question_from_standard_input_and_prints_csv(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    question = "SELECT document, value, status FROM observation WHERE measure = 'level' ORDER BY value"
    result = chitieu("query", "--csv", "--out", store.out, stdin=question)
    assert list(csv.reader(result.stdout.splitlines())) == [
        ["document", "value", "status"],
        ["cong-nghiep.txt", "30640000000000.0", "actual"],
        ["ke-hoach.txt", "34000000000000.0", "target"],
    ]


def test_query_says_how_many_rows_it_leaves_out(first_run: tuple[Store, Result]) -> None:
    result = chitieu("query", "SELECT range FROM range(1000)", "--out", first_run[0].out)
    assert "1,000 rows" in result.stdout
    assert result.stdout.count("\n") < 250


@pytest.mark.parametrize("sql", ["INSERT INTO dim_entity VALUES ('k', 'a', 'a')", "DROP VIEW observation", "CREATE TABLE mine (a INT)"])
def test_query_changes_nothing(first_run: tuple[Store, Result], sql: str) -> None:
    store, _ = first_run
    before = store.published.read_bytes()
    assert is_told_kindly(chitieu("query", sql, "--out", store.out), "read-only")
    assert store.published.read_bytes() == before


def test_query_says_what_it_does_not_understand(first_run: tuple[Store, Result]) -> None:
    assert is_told_kindly(chitieu("query", "SELECT valeu FROM observation", "--out", first_run[0].out), "valeu", "value")


def test_explain_marks_the_facts_of_a_document(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    result = chitieu("explain", "cong-nghiep.txt", "--out", store.out)
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    assert "30.640 tỷ đồng ⟨industrial_output_value, level, 2023, Hà Nam, actual⟩" in flat
    assert "tăng 12,15% ⟨industrial_output_value, growth," in flat
    assert "Sản xuất công nghiệp giữ nhịp tăng" in flat


def test_explain_takes_a_file_that_nobody_has_read(tmp_path: Path) -> None:
    path = write(tmp_path / "tin") / "ke-hoach.txt"
    flat = " ".join(chitieu("explain", path, "--out", tmp_path / "out").stdout.split())
    assert "34.000 tỷ đồng ⟨industrial_output_value, level, 2024, Hà Nam, target⟩" in flat


def test_explain_shows_names_and_texts_as_they_are(tmp_path: Path) -> None:
    text = "Tỉnh có [bold]210[/bold] doanh nghiệp \x1b[31mđỏ \x1b]0;tên\x07."
    path = write(tmp_path, {"tin.jsonl": json.dumps({"id": "[red]tin[/red]", "text": text})}) / "tin.jsonl"
    told = chitieu("explain", path, "--out", tmp_path / "out").stdout
    assert "[red]tin[/red]" in told
    assert "[bold]210[/bold] doanh nghiệp" in " ".join(told.split())
    assert "\x1b" not in told
    assert "\x07" not in told


def test_explain_takes_a_key(first_run: tuple[Store, Result]) -> None:
    store, _ = first_run
    key = store.read("documents", "document", "tin").filter(pl.col("document") == "ke-hoach.txt")["document_key"].item()
    assert "ke-hoach.txt" in chitieu("explain", key, "--out", store.out).stdout


def test_without_words_it_says_what_there_is() -> None:
    told = chitieu("--help").stdout
    assert all(command in told for command in ("run", "extract", "query", "explain", "ui"))
