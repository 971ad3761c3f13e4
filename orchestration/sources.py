"""Where batches come from: a folder or file of this machine, or an address in an object store, which is fetched before it is read.

Addresses are those that people give to the command line or in the environment, never one that a document names.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from upath import UPath

from assets.documents.walk import PASSED_OVER, files_of
from orchestration.fingerprint import input_stamp

Address = Path | UPath
OF_THIS_MACHINE = ("", "file", "local")
# What stores tell of the version of an object: each tells some of these.
VERSION = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")


def address_of(place: str | Address) -> Address:
    """A path, or an address such as `s3://bucket/folder`, as one of both kinds; a path becomes absolute."""
    address = UPath(place)
    return Path(address.path).resolve() if address.protocol in OF_THIS_MACHINE else address


def look(address: Address) -> str | None:
    """What can be seen without opening a file: a hash of names, sizes and times of change; None where there is no file.

    Raises:
        OSError: the folder cannot be listed, or the store does not answer.
    """
    if isinstance(address, Path):
        return hashed(_seen(name, path) for name, path in files_of(address)) if address.exists() else None
    return hashed(told(name, info) for name, info in objects(address).items())


def stamp(address: Address) -> str:
    """What tells one content of a batch from another: for files of this machine a hash of all they hold, else a look.

    Raises:
        FileNotFoundError: nothing is there.
    """
    if isinstance(address, Path):
        return input_stamp(address)
    if (seen := look(address)) is None:
        msg = f"There is no object {address}, and none below it. Name an address that is there."
        raise FileNotFoundError(msg)
    return seen


def fetch(address: UPath, folder: Path) -> Path:
    """Copy what is at an address of an object store into a folder made anew; returns the place of the copy.

    Raises:
        OSError: the store does not answer, or the disk is full.
    """
    shutil.rmtree(folder, ignore_errors=True)
    place = copy_in(folder, address)
    for name in objects(address):
        target = place if name == address.name else place / _harmless(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        source = address.path if name == address.name else f"{address.path.rstrip('/')}/{name}"
        with _answering(address):
            address.fs.get_file(source, str(target))
    return place


def copy_in(folder: Path, address: UPath) -> Path:
    """Where `fetch` puts the copy of an address."""
    return folder / (address.name or "objects")


def objects(address: UPath) -> dict[str, dict[str, Any]]:
    """Objects below an address by the rest of their name, with what the store tells of each; for an object, itself.

    Raises:
        OSError: there is no such store, or it does not answer.
    """
    with _answering(address):
        address.fs.invalidate_cache()
        found = address.fs.find(address.path, detail=True)
    names = {path: path.removeprefix(address.path).lstrip("/") or address.name for path in sorted(found)}
    return {name: found[path] for path, name in names.items() if not _is_passed_over(name)}


@contextmanager
def _answering(address: UPath) -> Iterator[None]:
    """Errors of a store as those of files: libraries of stores have kinds of their own for a network that is away."""
    try:
        yield
    except FileNotFoundError as error:
        msg = f"{address} is not there: {error}. Name an address that is there, or put it back."
        raise FileNotFoundError(msg) from error
    except OSError:
        raise
    except Exception as error:
        msg = f"{address} does not answer: {error}. Look whether its store is there and lets you in; then run it again."
        raise ConnectionError(msg) from error


def told(name: str, info: dict[str, Any]) -> str:
    """What a store tells of an object, as one word."""
    return f"{name}\0{info.get('size')}\0" + "\0".join(str(info[key]) for key in VERSION if key in info)


def hashed(seen: Iterable[str]) -> str | None:
    """One hash of all that was seen, None for nothing."""
    words = sorted(seen)
    return hashlib.blake2b("\0\0".join(words).encode(), digest_size=8).hexdigest() if words else None


def _seen(name: str, path: Path) -> str:
    try:
        status = path.stat()
    except OSError as error:
        return f"{name}\0{type(error).__name__}"
    return f"{name}\0{status.st_size}\0{status.st_mtime_ns}"


def _is_passed_over(name: str) -> bool:
    return any(part.startswith(PASSED_OVER) and part not in (".", "..") for part in PurePosixPath(name).parts)


def _harmless(name: str) -> PurePosixPath:
    """The name of an object as a path that stays below its folder."""
    return PurePosixPath(*(part.replace("..", "__") if part in (".", "..") else part for part in name.split("/") if part))
