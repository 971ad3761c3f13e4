"""Archives: each member of a `.zip` is read as if it lay in a folder of the archive's name."""

from __future__ import annotations

import contextlib
import errno
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from assets.documents.readers.record import MIB, Unread, UnreadableError, sound
from assets.documents.walk import PASSED_OVER

SUFFIX = ".zip"
DEPTH = 3
"""Archives that may lie in each other."""
TOTAL_LIMIT = 4096 * MIB
"""Bytes that an archive may unpack to, with all archives inside."""
COUNT_LIMIT = 200_000
"""Members that an archive may have, with all archives inside."""
RATIO_LIMIT, SMALL = 250, 8 * MIB
"""A member that unpacks to more than so many times its size is a bomb, unless it is small: text shrinks to a tenth at best."""
RESOURCE_FORKS = "__MACOSX"
UTF_8_NAME, ENCRYPTED = 0x800, 0x1
LONGEST_SUFFIX = 12
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
"""How members fail that are damaged, or packed in a way that Python does not know."""


@dataclass
class _Budget:
    """What an archive of the batch may still unpack, with all archives inside."""

    size: int = field(default_factory=lambda: TOTAL_LIMIT)
    members: int = field(default_factory=lambda: COUNT_LIMIT)


def members(name: str, path: Path) -> Iterator[tuple[str, Path] | Unread]:
    """Files of an archive, sorted by name: `<archive>/<member>`, and where its bytes lie until the next one is asked for.

    Archives inside are opened too. What is refused is an `Unread` with the member's name: names that lead out of the archive
    or came before, links, encrypted or damaged members, bombs.

    Raises:
        OSError: the file cannot be opened, or there is no room to unpack a member.
        UnreadableError: it is no archive.
    """
    yield from _members(name, path, _Budget(), 1)


def _members(name: str, path: Path, budget: _Budget, depth: int) -> Iterator[tuple[str, Path] | Unread]:
    if depth > DEPTH:
        raise UnreadableError(reason="nested too deeply", detail=f"Archives lie {DEPTH} deep in each other at most: unpack it.")
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise UnreadableError(reason="broken archive", detail=f"It cannot be opened as ZIP ({error}): fetch it again.") from error
    with archive, tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        entries = [(_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
        if not entries:
            yield Unread("empty", "There is no file in it: leave it out.")
        seen: set[str] = set()
        for member, entry in sorted(entries, key=lambda pair: pair[0]):
            if _is_passed_over(member):
                continue
            try:
                _check(member, entry, seen, budget)
                unpacked = _unpack(archive, entry, Path(folder))
                if not member.lower().endswith(SUFFIX):
                    yield f"{name}/{member}", unpacked
                    continue
                for inner in _members(f"{name}/{member}", unpacked, budget, depth + 1):
                    yield inner._replace(record="/".join(filter(None, (member, inner.record)))) if isinstance(inner, Unread) else inner
            except UnreadableError as error:
                yield Unread(error.reason, error.detail, member)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as text; programs that do not say that it is UTF-8 often write it so."""
    name = entry.filename
    if not entry.flag_bits & UTF_8_NAME:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return sound(unicodedata.normalize("NFC", name.replace("\\", "/")))


def _is_passed_over(member: str) -> bool:
    """Whether it is a file that no person dropped as a document; `..` is no such name."""
    parts = [part for part in member.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(PASSED_OVER) or part == RESOURCE_FORKS for part in parts)


def _check(member: str, entry: zipfile.ZipInfo, seen: set[str], budget: _Budget) -> None:
    """Raises an `UnreadableError` for a member that must not be unpacked; counts one that may be."""
    if member.startswith("/") or ".." in member.split("/") or PureWindowsPath(member).drive:
        raise UnreadableError(reason="unsafe name", detail="Its name leads out of the archive: pack it anew with a plain name.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError(reason="not a file", detail="It is a link: pack the file that it leads to.")
    if member in seen:
        raise UnreadableError(reason="same name as", detail="A member of this name came before, which is read: give this one another name.")
    seen.add(member)
    if entry.flag_bits & ENCRYPTED:
        raise UnreadableError(reason="encrypted", detail="It is encrypted: unpack it with its password.")
    if entry.file_size > SMALL and entry.file_size > RATIO_LIMIT * entry.compress_size:
        raise UnreadableError(
            reason="archive bomb",
            detail=f"It would unpack to {entry.file_size / MIB:.0f} MiB, {RATIO_LIMIT} times its size: no text does, leave it out.",
        )
    budget.size -= entry.file_size
    budget.members -= 1
    if budget.size < 0 or budget.members < 0:
        raise UnreadableError(
            reason="archive bomb",
            detail=f"The archive unpacks to more than {TOTAL_LIMIT // MIB} MiB or {COUNT_LIMIT} files: split it.",
        )


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> Path:
    """The member's bytes as a file with its suffix, in the place of the one before."""
    suffix = PurePosixPath(entry.filename).suffix
    unpacked = folder / f"member{suffix if len(suffix) <= LONGEST_SUFFIX else ''}"
    try:
        with archive.open(entry) as packed, unpacked.open("wb") as file:
            shutil.copyfileobj(packed, file)
    except BROKEN as error:
        raise UnreadableError(reason="broken archive", detail=f"It cannot be unpacked ({error}): fetch the archive again.") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # the archive names a place before its start
            raise
        raise UnreadableError(reason="broken archive", detail="It does not lie where the archive says: fetch the archive again.") from error
    return unpacked
