"""Which batches there are: a name for each folder, file or address that was ever read, given on first sight and kept."""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from orchestration.files import renamed_into
from orchestration.locks import held
from orchestration.sources import Address, address_of, copy_in


@dataclass(frozen=True)
class Registry:
    """Notes below `out`: `batches/<batch>.json` says where a batch comes from, `batches/<batch>.lock` whether it is being read."""

    out: Path

    def register(self, source: Address) -> str:
        """The name of the batch that a folder, file or address is.

        It is the last part of the address; where another one of that name came first, a hash of the address follows.
        """
        source = address_of(source)
        name = re.sub(r"\W+", "-", source.name).strip("-").lower() or "batch"
        with held(self.out / "batches" / ".register.lock"):
            if self._note(name).exists() and self.address(name) != source:
                name = f"{name}-{sha256(str(source).encode()).hexdigest()[:8]}"
            with renamed_into(self._note(name)) as beside:
                beside.write_text(json.dumps({"source": str(source)}, ensure_ascii=False), encoding="utf-8")
        return name

    def registered(self) -> list[str]:
        """Names of all batches that were ever registered, in order."""
        return sorted(path.stem for path in (self.out / "batches").glob("*.json"))

    def address(self, batch: str) -> Address:
        """The folder, file or address that a batch is.

        Raises:
            FileNotFoundError: nobody registered such a batch.
        """
        if not self._note(batch).exists():
            msg = f"No batch is called {batch} in {self.out}. `chitieu run FOLDER` registers the folder as a batch and reads it."
            raise FileNotFoundError(msg)
        return address_of(json.loads(self._note(batch).read_text(encoding="utf-8"))["source"])

    def source(self, batch: str) -> Path:
        """Where the files of a batch lie on this machine: those of an object store only while a run reads them.

        Raises:
            FileNotFoundError: nobody registered such a batch.
        """
        address = self.address(batch)
        return address if isinstance(address, Path) else copy_in(self.fetched(batch), address)

    def fetched(self, batch: str) -> Path:
        """The folder for copies of a batch's files that are not on this machine."""
        return self.out / "fetched" / batch

    def reading(self, batch: str) -> AbstractContextManager[None]:
        """Say that a run reads the batch, for as long as it does; waits for another one."""
        return held(self._lock(batch))

    def _lock(self, batch: str) -> Path:
        return self.out / "batches" / f"{batch}.lock"

    def _note(self, batch: str) -> Path:
        return self.out / "batches" / f"{batch}.json"
