"""The command line `chitieu`. Each command imports what it needs: only those that run something wait for Dagster."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from orchestration.settings import OUT_VARIABLE, out_dir

if TYPE_CHECKING:
    from orchestration.reading import Reading
    from orchestration.store import Store

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PROJECT / "seeds" / "documents"

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Figures of Vietnamese economic texts, each with its sentence.")
Out = Annotated[Path | None, typer.Option("--out", help=f"Folder for all that is made (default: {OUT_VARIABLE}, else warehouse/data).")]


@app.command()
def run(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[INPUT]", help="Folder or file with texts, or the address of one in an object store.", show_default="the samples"
        ),
    ] = None,
    out: Out = None,
    stale: Annotated[bool, typer.Option("--stale", help="Read again what has changed: files, code or vocabulary of any batch.")] = False,
) -> None:
    """Read a folder or file of texts and publish the warehouse file."""
    from rich.live import Live

    from orchestration.console import Rooms, errors, summary
    from orchestration.route import run_route, run_stale, summarise
    from orchestration.sources import address_of

    if stale and source is not None:
        msg = "--stale reads every batch that has changed; leave INPUT out."
        raise typer.BadParameter(msg)
    usual, store = out_dir(), _store(out)  # a run points the environment to where it writes
    console = Console()
    rooms = Rooms(store)
    with _clear_errors():
        if stale:
            with Live(rooms, console=console, transient=True, refresh_per_second=8):
                again = run_stale(store, rooms.say)
            console.print(f"Read again: {', '.join(again) or 'nothing, no batch is stale'}.\nPublished: {store.published}", soft_wrap=True)
            return
        address = address_of(source or SAMPLES)
        with Live(rooms, console=console, transient=True, refresh_per_second=8):
            changed = run_route(address, store, rooms.say)
        if not changed:
            console.print("Nothing changed: the files, the code and the vocabulary are those of the last run.", soft_wrap=True)
        console.print(summary(summarise(store, store.register(address)), store, store.out != usual), soft_wrap=True)
        if older := [batch for batch in store.batches() if not store.is_of_today(batch)]:
            errors().print(f"Read by older code or vocabulary: {', '.join(older)}. `chitieu run --stale` reads them again.", soft_wrap=True)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A file with a text, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line instead of a table.")] = False,
) -> None:
    """Print the facts of a text; nothing is stored."""
    from orchestration.console import facts_table

    reading = _read(file)
    facts = reading.document.select("document_key", "document").join(reading.accepted, on="document_key", maintain_order="right")
    if as_json:
        for fact in facts.drop("document_key", "batch", "fate", "rule", "reason", "noun_phrase").iter_rows(named=True):
            typer.echo(json.dumps(fact, ensure_ascii=False, default=str))
        return
    console = Console()
    console.print(facts_table(facts, console))
    fates = dict(reading.quantity.group_by("fate").len().iter_rows())
    console.print(", ".join(f"{fates.get(fate, 0)} {fate}" for fate in ("accepted", "rejected", "not assigned")))


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(metavar="[SQL]", help="A question; without one, a shell opens on a terminal.")] = None,
    out: Out = None,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values instead of a table.")] = False,
) -> None:
    """Ask the published file; it is opened read-only."""
    from orchestration.query import ask, shell

    published = _store(out).published
    with _clear_errors():
        if sql is None and sys.stdin.isatty():
            shell(published)
        else:
            ask(published, sql if sql is not None else sys.stdin.read(), csv=csv)


@app.command()
def explain(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Name or key of a document that was read, or a file.")],
    out: Out = None,
) -> None:
    """Print a text with its facts marked."""
    import polars as pl
    from rich.text import Text

    from orchestration.console import marked
    from orchestration.explain import find

    with _clear_errors():
        stored = None if Path(document).is_file() else find(_store(out), document)
    reading = stored or _read(document)
    console = Console()
    for row in reading.document.iter_rows(named=True):
        console.rule(Text(row["document"]))
        console.print(marked(row["text"], reading.quantity.filter(pl.col("document_key") == row["document_key"])))


@app.command()
def export(
    form: Annotated[
        Literal["sdmx-csv", "datapackage", "parquet"],
        typer.Option("--format", help="SDMX-CSV 2.0, a Frictionless data package, or Parquet."),
    ],
    target: Annotated[Path, typer.Option("--out", help="Folder to write into.")],
    data: Annotated[Path | None, typer.Option("--data", help=f"Folder of the runs (default: {OUT_VARIABLE}, else warehouse/data).")] = None,
) -> None:
    """Write the published file for other programs; it is opened read-only."""
    from orchestration.export import export as write

    with _clear_errors():
        files = write(_store(data).published, form, target)
    typer.echo(f"{len(files)} files in {target}: {', '.join(file.name for file in files)}")


@app.command()
def quality(out: Out = None) -> None:
    """Print the state of all checks, of every batch and of the published file; the exit code is 1 where a blocking one fails."""
    from orchestration.quality import report, show

    with _clear_errors():
        told = report(_store(out))
    if not show(told, Console()):
        raise typer.Exit(1)


@app.command()
def ui(
    out: Out = None,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 3000,
) -> None:
    """Open Dagster's user interface and its scheduler, on this machine only."""
    from orchestration.services import LOCAL, become, prepare

    store = _store(out)
    inbox = prepare(store.out)
    address = f"http://{LOCAL}:{port}"
    typer.echo(f"Runs, schedule and sensors:       {address}  (history in {store.dagster_home})")
    typer.echo(f"Tables by room and their lineage: {address}/asset-groups")
    typer.echo(f"Inbox for new batches:            {inbox}")
    become("dg", "dev", "--host", LOCAL, "--port", str(port))


@app.command()
def webserver(
    out: Out = None,
    host: Annotated[str, typer.Option(help="Address to listen on; any other than this one asks nobody who they are.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 3000,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let people look, but start and switch nothing.")] = False,
) -> None:
    """Serve Dagster's user interface alone, for a deployment."""
    from orchestration.services import become, prepare

    prepare(_store(out).out)
    become("dagster-webserver", "--host", host, "--port", str(port), *(["--read-only"] if read_only else []))


@app.command()
def daemon(out: Out = None) -> None:
    """Run Dagster's scheduler alone, for a deployment: sensors, schedule, queue."""
    from orchestration.services import become, prepare

    prepare(_store(out).out)
    become("dagster-daemon", "run")


def _store(out: Path | None) -> Store:
    from orchestration.store import Store

    return Store(out.resolve() if out else out_dir())


def _read(file: str) -> Reading:
    """Read a file, or standard input for `-`; end the command where nothing could be read."""
    from orchestration.console import errors
    from orchestration.reading import read, read_text

    if file != "-" and not (file and Path(file).exists()):  # an empty path would be the folder one stands in
        missing = f"There is no file {file}." if file else "No file is named: give one with a text, or - for standard input."
        errors().print(missing, markup=False, soft_wrap=True)
        raise typer.Exit(1)
    reading = read_text(sys.stdin.buffer.read()) if file == "-" else read(Path(file))
    for record in reading.unread_record.iter_rows(named=True):
        errors().print(f"{record['source_file']}: {record['reason']}: {record['detail']}", markup=False, soft_wrap=True)
    if reading.document.is_empty():
        raise typer.Exit(1)
    return reading


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Failures that a user can mend end the command with their message, without a stack trace."""
    from orchestration.console import errors
    from orchestration.launch import RunFailedError
    from orchestration.query import QueryError
    from orchestration.store import BatchNotWholeError

    try:
        yield
    except (OSError, RunFailedError, QueryError, BatchNotWholeError) as error:
        message = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
        errors().print(message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    app()
