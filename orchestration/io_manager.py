"""The I/O manager: a polars frame ↔ the Parquet file at the address of its asset and batch."""

import dagster as dg
import polars as pl

from orchestration.fingerprint import READING, input_stamp
from orchestration.metadata import frame_metadata
from orchestration.store import BatchNotWholeError, Provenance, Store


class ParquetIOManager(dg.IOManager):
    """Keeps the table `[room, table]` of a batch in the store, and tells Dagster its rows, a sample and a picture."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._stamps: dict[str, str] = {}

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame) -> None:
        """Write the frame into its place."""
        room, table = context.asset_key.path
        batch = context.partition_key
        path = self.store.write(obj, room, table, batch, Provenance.of(room, self._stamp(room, batch)))
        context.add_output_metadata(frame_metadata(obj, context.definition_metadata.get("picture_by"), path))

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        """Read the frame from its place."""
        room, table = context.asset_key.path
        return self.store.read(room, table, context.partition_key)

    def _stamp(self, room: str, batch: str) -> str:
        """The stamp of the batch's files: taken when its documents are read, handed on to the later rooms."""
        if room == READING[0]:
            if batch not in self._stamps:
                self._stamps[batch] = input_stamp(self.store.source(batch))
            return self._stamps[batch]
        documents = self.store.provenance("documents", "document", batch)
        if documents is None:
            msg = f"Batch {batch} has no documents that read_batch stored. Run read_batch for it."
            raise BatchNotWholeError(msg)
        return documents.input
