"""The I/O manager: a polars frame ↔ the Parquet file at the address of its asset and batch."""

import dagster as dg
import polars as pl

from orchestration.fingerprint import READING, fingerprint
from orchestration.healing import healing
from orchestration.metadata import frame_metadata
from orchestration.provenance import Provenance
from orchestration.run_store import RunStore
from orchestration.store import BatchNotWholeError


class ParquetIOManager(dg.IOManager):
    """Keeps the table `[room, table]` of a batch in the store, and tells Dagster its rows, a sample and a picture.

    One lives for one run over one batch. What it writes is marked with what the run read: with the stamp that was taken of the
    batch's files before the first of them was opened, or with the provenance of the stored tables that a later room began from.
    """

    def __init__(self, store: RunStore) -> None:
        self.store = store
        self._read: Provenance | None = None

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame) -> None:
        """Write the frame into its place."""
        room, table = context.asset_key.path
        batch = context.partition_key
        if room == READING[0] and batch in self.store.stamps:
            self._read = Provenance(self.store.stamps[batch], {})
        if self._read is None:
            msg = f"Nothing tells what {room}/{table} of batch {batch} was made from. Run read_batch for the batch."
            raise BatchNotWholeError(msg)
        self._read = Provenance(self._read.input, {**self._read.fingerprints, room: fingerprint(room)})
        with healing():
            path = self.store.write(obj, room, table, batch, self._read)
        context.add_output_metadata(frame_metadata(obj, context.definition_metadata.get("picture_by"), path))

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        """Read the frame from its place.

        Raises:
            BatchNotWholeError: it was not made from what this run has read or written before.
        """
        room, table = context.asset_key.path
        batch = context.partition_key
        with healing():
            frame, kept = self.store.load(room, table, batch)
        if kept is None or not kept.agrees_with(self._read or kept):
            msg = (
                f"Table {room}/{table} of batch {batch} was not made from what this run has read of the batch: "
                "another run reads it at the same time, or one did not come to its end. Run read_batch for it again."
            )
            raise BatchNotWholeError(msg)
        self._read = Provenance(kept.input, {**kept.fingerprints, **(self._read.fingerprints if self._read else {})})
        return frame
