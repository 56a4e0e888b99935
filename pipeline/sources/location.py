"""Where the input lies: a file, a folder, a glob or an fsspec URL, as a stream of files in a fixed order."""

from __future__ import annotations

import errno
import os
import posixpath
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

from pipeline.errors import UsageError
from pipeline.sources.piece import FORMATS, ending, format_of

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class File:
    """One input file: path relative to the root, size in bytes, identity (see ``Piece``)."""

    path: str
    format: str
    size: int
    identity: str


@dataclass
class Location:
    """An input that exists. Picklable: workers open files through it."""

    given: str  # as the user wrote it
    url: str  # absolute, with the protocol unless local
    root: str  # path on the file system that ids are relative to
    kind: str  # "file", "folder" or "glob"
    protocol: str
    storage: dict[str, Any] = field(default_factory=dict)

    @property
    def fs(self) -> Any:
        return fsspec.filesystem(self.protocol, **self.storage)

    def absolute(self, path: str) -> str:
        """The path on the file system."""
        return posixpath.join(self.root, path)

    def uri(self, path: str) -> str:
        """The URI written into ``source``: valid Unicode, whatever the names on the way there are."""
        full = self.absolute(path)
        # fsspec takes a tenth of a millisecond to say the same of a local file
        uri = f"file://{full}" if self.protocol == "file" else str(self.fs.unstrip_protocol(full))
        return uri.encode("utf-8", "backslashreplace").decode()

    def open(self, path: str) -> BinaryIO:
        """Open a file of the input for reading bytes; seekable.

        Raises:
            OSError: it cannot be opened, or is a pipe, a socket or a device, which could block for ever.
        """
        full = self.absolute(path)
        if self.protocol == "file":
            stream = open(full, "rb", opener=_without_waiting)  # noqa: SIM115  the caller closes it
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                stream.close()
                raise OSError(errno.EINVAL, "is a pipe or a device, not a file")
            return stream
        return cast(BinaryIO, self.fs.open(full, "rb"))

    def files(self, ignored: Counter[str], without: str | None = None) -> Iterator[File]:
        """Yield the files docmill reads, folders in the order of names, each folder's files in the order
        of names. Hidden files and folders are passed over; links to folders are not followed.

        Args:
            ignored: gains a count per ending of the files docmill does not read.
            without: absolute path of a folder to leave out (the output, when it lies inside the input).
        """
        fs = self.fs
        if self.kind == "file":
            yield self._file(fs.info(self.absolute(self.path_of_url())), ignored)
            return
        if self.kind == "glob":
            pattern = self.path_on_fs()
            for name in sorted(fs.glob(pattern)):
                if _inside(name, without) or (_hidden(name, self.root) and "/." not in pattern):
                    continue
                info = fs.info(name)
                if info["type"] == "file" and format_of(name):
                    yield self._file(info, ignored)
                elif info["type"] == "file":
                    ignored[ending(name)] += 1
            return
        walk = _walk_local(self.root) if self.protocol == "file" else _walk(fs, self.root)
        for info in walk:
            name = str(info["name"])
            if _inside(name, without):
                continue
            if format_of(name) is None:
                ignored[ending(name)] += 1
            else:
                yield self._file(info, ignored)

    def path_inside(self, protocol: str, path: str) -> str | None:
        """Where an absolute path of some file system lies in this input: a path that ``files`` would meet,
        the root when it is the same folder, None when it lies elsewhere."""
        if protocol != self.protocol or self.kind == "file":
            return None
        root = self.root
        if protocol == "file":  # the same place may be reached by links
            path, root = os.path.realpath(path), os.path.realpath(root)
        if path.rstrip("/") == root.rstrip("/"):
            return self.root
        return self.absolute(posixpath.relpath(path, root)) if _inside(path, root) else None

    def path_on_fs(self) -> str:
        return str(self.fs._strip_protocol(self.url))

    def path_of_url(self) -> str:
        return posixpath.relpath(self.path_on_fs(), self.root)

    def _file(self, info: dict[str, Any], ignored: Counter[str]) -> File:
        name = str(info["name"])
        form = format_of(name)
        if form is None:
            raise UsageError(f"{name}: docmill reads {', '.join(FORMATS)}; this file has another ending")
        if "mtime" not in info and isinstance(self.fs, LocalFileSystem):
            facts = os.stat(name)  # noqa: PTH116
            info = {**info, "size": facts.st_size, "mtime": facts.st_mtime}
        size = int(info.get("size") or 0)
        tag = next(
            (str(info[k]) for k in ("ETag", "etag", "md5", "mtime", "LastModified", "created") if k in info),
            "",
        )
        return File(posixpath.relpath(name, self.root), form, size, f"{size}:{tag}")


def locate(given: str) -> Location:
    """Find the input.

    Raises:
        UsageError: nothing is there, or the protocol is unknown or needs a package that is missing.
    """
    try:
        fs, path = fsspec.core.url_to_fs(given)
    except (ValueError, ImportError) as error:
        raise UsageError(f"{given}: cannot be opened: {error}") from None
    protocol = fs.protocol if isinstance(fs.protocol, str) else fs.protocol[0]
    storage = dict(fs.storage_options)

    def make(kind: str, root: str) -> Location:
        return Location(given, str(fs.unstrip_protocol(path)), root, kind, protocol, storage)

    try:
        if fs.isfile(path):
            return make("file", posixpath.dirname(path))
        if fs.isdir(path):
            return make("folder", path.rstrip("/") or "/")
        if _MAGIC & set(path):
            steps = path.split("/")
            first = next(i for i, s in enumerate(steps) if _MAGIC & set(s))
            return make("glob", "/".join(steps[:first]) or "/")
    except OSError as error:
        raise UsageError(f"{given}: cannot be read: {error.strerror or type(error).__name__}") from None
    raise UsageError(f"{given}: no such file or folder")


def _walk_local(root: str) -> Iterator[dict[str, Any]]:
    """Depth first, names in order; only the names of the folders on the way down are held."""

    def inside(folder: str) -> Iterator[str]:
        with os.scandir(folder) as entries:
            names = sorted((e.name for e in entries if not e.name.startswith(".")), reverse=True)
        while names:
            yield f"{folder.rstrip('/')}/{names.pop()}"

    folders = [inside(root)]  # not by recursion: folders may be nested deeper than Python's calls
    while folders:
        path = next(folders[-1], None)
        if path is None:
            folders.pop()
            continue
        if os.path.isdir(path):  # noqa: PTH112
            if not os.path.islink(path):  # noqa: PTH114
                folders.append(inside(path))
            continue
        try:
            facts = os.stat(path)  # noqa: PTH116
        except OSError:  # a dangling link: the reader will say so in the document's row
            yield {"name": path, "size": 0, "mtime": 0}
            continue
        yield {"name": path, "size": facts.st_size, "mtime": facts.st_mtime}


def _walk(fs: Any, root: str) -> Iterator[dict[str, Any]]:
    entries = [e for e in fs.ls(root, detail=True) if e["name"].rstrip("/") != root.rstrip("/")]
    for info in sorted(entries, key=lambda e: str(e["name"])):
        if posixpath.basename(info["name"].rstrip("/")).startswith("."):
            continue
        if info["type"] == "directory":
            yield from _walk(fs, info["name"])
        else:
            yield info


def _without_waiting(path: str, flags: int) -> int:
    """Open a pipe without waiting for its writer; for files this changes nothing."""
    return os.open(path, flags | os.O_NONBLOCK)


def _inside(name: str, folder: str | None) -> bool:
    return folder is not None and (name == folder or name.startswith(folder.rstrip("/") + "/"))


def _hidden(name: str, root: str) -> bool:
    return any(step.startswith(".") for step in posixpath.relpath(name, root).split("/"))
