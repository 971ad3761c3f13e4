"""Rules that look at whole tables of a batch: contracts at the doors, one batch, and that nothing vanished between rooms."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from assets.documents.normalize import plain_letters
from assets.documents.schema import Document, UnreadRecord
from assets.mentions.schema import Mention
from assets.observations.schema import Observation
from assets.quality.contracts import as_contract, broken_cells, has_types, types_of

# Documents and mentions that are looked at at a time: bounds memory, changes nothing.
_DOCUMENTS, _MENTIONS = 1000, 200_000


def table_faults(document: pl.DataFrame, unread_record: pl.DataFrame, mention: pl.DataFrame, observation: pl.DataFrame) -> dict[str, int]:
    """For each rule the number of rows that break it; frames as the rooms gave them, wrong types included."""
    known, found, stated = as_contract(document, Document), as_contract(mention, Mention), as_contract(observation, Observation)
    unread = as_contract(unread_record, UnreadRecord)
    return {
        "types": 0 if has_types(observation, Observation) else max(observation.height, 1),
        "document_contract": _broken(document, Document),
        "text_plain": sum(_unlike_plain(part) for part in known.select("text").iter_slices(_DOCUMENTS)),
        "unread_contract": _broken(unread_record, UnreadRecord),
        "mention_contract": _broken_mentions(mention) or _outside_of_documents(known, found),
        "one_batch": _of_other_batches(known, unread),
        "record_balance": unread.height - unread.unique().height,
        "quantity_balance": _without_statement(found, stated),
        "statement_source": _without_quantity(known, found, stated),
    }


def batch_of(document: pl.DataFrame, unread_record: pl.DataFrame, observation: pl.DataFrame) -> str:
    """The batch that the first row of the tables (as their contracts say) names; empty where there is none."""
    named = pl.concat([frame.select("batch").head(1) for frame in (document, unread_record, observation)])
    return str(named["batch"].drop_nulls().first() or "")


def _broken(frame: pl.DataFrame, contract: type[pa.DataFrameModel]) -> int:
    """Rows that break a contract; all of them, and at least one, where a column is missing, of another type, or too many."""
    if not has_types(frame, contract):
        return max(frame.height, 1)
    return broken_cells(frame, contract)["row"].n_unique()


def _broken_mentions(mention: pl.DataFrame) -> int:
    """Rows that break the contract; the room `mentions` keeps what it found out about a span beside the columns of that."""
    if not has_types(mention, Mention, alone=False):
        return max(mention.height, 1)
    contract = mention.select(*types_of(Mention))
    return sum(_broken(part, Mention) for part in contract.iter_slices(_MENTIONS))


def _unlike_plain(documents: pl.DataFrame) -> int:
    return int((documents["text"] != plain_letters(documents["text"])).sum())


def _outside_of_documents(document: pl.DataFrame, mention: pl.DataFrame) -> int:
    """Mentions of no document, or beyond the end of theirs; looked for by document first, for mentions are many."""
    lengths = document.select("document_key", length=pl.col("text").str.len_chars()).unique("document_key")
    orderly = pl.col("start") <= pl.col("end")
    within = (pl.col("end") <= pl.col("length")).fill_null(value=False)
    last = mention.group_by("document_key").agg(pl.col("end").max(), orderly=orderly.all())
    suspect = last.join(lengths, on="document_key", how="left").filter(~(within & pl.col("orderly")))
    rows = mention.select("document_key", "start", "end").join(
        suspect.select("document_key", "length"), on="document_key", nulls_equal=True
    )
    return rows.filter(~(within & orderly.fill_null(value=False))).height


def _of_other_batches(*frames: pl.DataFrame) -> int:
    """Rows of all but the most frequent batch."""
    batches = pl.concat([frame.select("batch") for frame in frames])
    counts = batches.group_by("batch").len()["len"].sort(descending=True)
    return int(counts[1:].sum())


def _without_statement(mention: pl.DataFrame, observation: pl.DataFrame) -> int:
    return (
        _quantities(mention)
        .join(observation.select("document_key", "evidence_start"), on=["document_key", "evidence_start"], how="anti")
        .height
    )


def _without_quantity(document: pl.DataFrame, mention: pl.DataFrame, observation: pl.DataFrame) -> int:
    ours = observation.select("document_key", "evidence_start").join(document.select("document_key"), on="document_key", how="semi")
    return ours.join(_quantities(mention), on=["document_key", "evidence_start"], how="anti").height


def _quantities(mention: pl.DataFrame) -> pl.DataFrame:
    return mention.select("document_key", "kind", evidence_start="start").filter(pl.col("kind") == "quantity").drop("kind")
