"""Wiring of the room `marts`: all batches become the one published file, each of its tables and views an asset.

One step makes the star and the marts together: readers must never see a table of today beside one of yesterday.
"""

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import dagster as dg
import duckdb
import polars as pl
from pandera.errors import SchemaErrors

from assets import star
from assets.marts.catalogue import AssetPath, Entry, catalogue
from assets.wiring import IN_PLACE, OWNERS, SAMPLE_ROWS, Store, picture, plain, sample
from warehouse.audit import SEVERITIES, Check, questions
from warehouse.publish import publish
from warehouse.refusal import PublishRefusedError

READ: dict[str, AssetPath] = {
    "document": ("documents", "document"),
    "unread_record": ("documents", "unread_record"),
    "accepted": ("quality", "accepted"),
    "rejected": ("quality", "rejected"),
    "not_assigned": ("quality", "not_assigned"),
    "warning": ("quality", "warning"),
    "witness": ("quality", "witness"),
}
PICTURES = {
    "dim_document": "published_on_from",
    "dim_indicator": "indicator_group",
    "dim_unit": "unit_family",
    "dim_place": "place_level",
    "dim_period": "period_kind",
    "dim_industry": "industry_section",
    "fact_observation": "indicator",
    "rejected_observation": "rule",
    "not_assigned": "unit",
    "unread_record": "reason",
    "warning": "rule",
    "quality_report": "severity",
    "drift": "scope",
    "witness": "kind",
    "observation": "place",
    "indicator_value": "indicator",
    "conflict": "indicator",
    "target_vs_actual": "indicator",
    "panel": "year",
    "place_today": "treatment",
    "derived_value": "kind",
}
PATHS = {entry.path[1]: entry.path for entry in catalogue()}
# The first figure of each document, where its sentence is short enough to be read at a glance.
EVIDENCE = f"""
SELECT o.indicator_name, o.measure, o.value, o.unit, o.place, o.period, o.evidence,
       left(o.sentence, f.evidence_start - f.sentence_start) AS before, substr(o.sentence, f.evidence_end - f.sentence_start + 1) AS after
FROM observation AS o JOIN fact_observation AS f USING (observation_key)
WHERE length(o.sentence) <= 240
QUALIFY row_number() OVER (PARTITION BY o.document_key ORDER BY o.evidence_start, observation_key) = 1
ORDER BY o.document, observation_key
LIMIT {SAMPLE_ROWS}
"""
SHOW_EVIDENCE = {"fact_observation", "observation"}
FAILURES = 3  # broken cells that a message names
LINE_WIDTH = 64  # Dagster breaks no lines of markdown: the widest table below decides how wide it is


def asset_spec(entry: Entry) -> dg.AssetSpec:
    """A table or view of the published file as an asset, with the columns that it will have."""
    columns = [
        dg.TableColumn(column.name, column.type, column.description, dg.TableColumnConstraints(nullable=column.nullable))
        for column in entry.columns
    ]
    return dg.AssetSpec(
        entry.path,
        deps=[dg.AssetKey(path) for path in entry.deps],
        description=entry.description,
        group_name=entry.path[0],
        owners=OWNERS,
        kinds={"duckdb"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


def check_specs() -> list[dg.AssetCheckSpec]:
    """One check for each question to the file, on the table or view that its query starts from; those of the audit block."""
    specs = []
    for question in (question for folder in SEVERITIES for question in questions(folder)):
        asset = next(PATHS[name] for name in re.findall(r"\bFROM (\w+)", question.sql) if name in PATHS)
        is_blocking = question.severity == "blocking"
        specs.append(dg.AssetCheckSpec(question.name, asset=asset, description=question.demand, blocking=is_blocking))
    return specs


CHECKED = {spec.name: spec.asset_key for spec in check_specs()}


@dg.multi_asset(
    name="warehouse",
    specs=[asset_spec(entry) for entry in catalogue()],
    check_specs=check_specs(),
    pool="publish",  # runs wait for each other in Dagster's queue; what keeps two from publishing at once is the store's lock
)
def publish_all(store: dg.ResourceParam[Store]) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build the file from all batches, audit it, and put it in the place of the old one."""
    with store.publishing():
        publication, tables, verdict = everything(store)
        try:
            published = publish(built(tables), verdict, store.published)
        except PublishRefusedError as refusal:
            yield from map(check_result, refusal.checks)
            raise
        store.note_publication(publication)
    yield from map(check_result, published.checks)
    with duckdb.connect(str(published.target), read_only=True) as connection:
        for entry in catalogue():
            yield dg.MaterializeResult(asset_key=dg.AssetKey(entry.path), metadata=told(connection, entry.path[1]))


def everything(store: Store) -> tuple[str, dict[str, pl.DataFrame], pl.DataFrame]:
    """The hash of what there is to publish, the arguments of `assets.star.build`, and the verdicts of all batches."""
    while True:
        batches = store.batches()
        for batch in batches:
            store.check_whole(batch)
        publication = store.publication(batches)
        tables = {table: store.read_all(room, table, batches) for table, (room, _) in READ.items()}
        verdict = store.read_all("quality", "verdict", batches)
        for batch in batches:
            store.check_whole(batch)
        # A run may have read a batch anew meanwhile: then some of the tables are its old ones, some its new ones.
        if store.publication(batches) == publication:
            return publication, tables, verdict


def built(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables of the star.

    Raises:
        PublishRefusedError: one of them breaks its contract; the message names it, the rules and the rows.
    """
    try:
        return star.build(**tables)
    except SchemaErrors as error:
        cases = error.failure_cases.group_by("column", "check", maintain_order=True).agg(
            pl.len(), first=pl.col("failure_case").cast(pl.String).head(FAILURES).str.join(", ")
        )
        rules = (f"{column} does not keep {check}: {rows} rows, first {first}" for column, check, rows, first in cases.iter_rows())
        msg = (
            f"Nothing was published, the last good file stays: the table of {error.schema.name} breaks its contract.\n"
            + "\n".join(rules)
            + "\nRead the batch of such a row again; if it comes back, repair the room `star`, which made the table."
        )
        raise PublishRefusedError(msg) from error


def check_result(check: Check) -> dg.AssetCheckResult:
    """One question to the file as Dagster shows it: how many rows break it, the first of them, and what to do."""
    metadata: dict[str, Any] = {"failing_rows": check.failing_rows, "demand": check.demand, "to_do": check.advice}
    if check.first_rows:
        # As text: rows of one query may mix types that a frame would not take.
        rows = [[None if value is None else str(value) for value in row] for row in check.first_rows]
        metadata["first_rows"] = sample(pl.DataFrame(rows, schema=dict.fromkeys(check.columns, pl.String), orient="row"))
    return dg.AssetCheckResult(
        asset_key=CHECKED[check.name],
        check_name=check.name,
        passed=check.passed,
        severity=dg.AssetCheckSeverity.ERROR if check.severity == "blocking" else dg.AssetCheckSeverity.WARN,
        description=None if check.passed else f"{check.failing_rows} rows break this: {check.demand}",
        metadata=metadata,
    )


def told(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """Row count, evidence, picture and sample of a table or view of the published file; the widest comes last."""
    rows = connection.sql(f"SELECT count(*) FROM {name}").pl().item()
    metadata: dict[str, Any] = {"dagster/row_count": rows}
    if rows:
        if name in SHOW_EVIDENCE:
            metadata["evidence"] = evidence(connection.sql(EVIDENCE).pl())
        if name in PICTURES:
            metadata["picture"] = picture(connection.sql(f"SELECT {PICTURES[name]} FROM {name}").pl(), PICTURES[name])
        metadata["sample"] = sample(connection.sql(f"FROM {name} ORDER BY ALL LIMIT {SAMPLE_ROWS}").pl())
    return metadata


def evidence(figures: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """The first figures as a markdown list: the sentence with the printed number in bold, and below it what was read."""
    shown = ""
    for row in figures.iter_rows(named=True):
        said = f"{plain(row['before'])}**{plain(row['evidence'])}**{plain(row['after'])}"
        value = f"{row['value']:,.6f}".rstrip("0").rstrip(".")
        named = (row[name] for name in ("indicator_name", "measure", "place", "period"))
        read = plain(" · ".join([f"→ {value} {row['unit']}", *filter(None, named)]))
        item = "  \n  ".join(wrap(f"- {said}", LINE_WIDTH) + wrap(read, LINE_WIDTH)) + "\n"
        if len(shown) + len(item) >= IN_PLACE:
            break
        shown += item
    return dg.MetadataValue.md(shown)


ASSETS = [publish_all]
