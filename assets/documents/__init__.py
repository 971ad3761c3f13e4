"""What was written: files of a batch become documents, their lines, and the records that could not be read."""

from __future__ import annotations

from assets.documents.batch import Documents, read_batch

__all__ = ["Documents", "read_batch"]
