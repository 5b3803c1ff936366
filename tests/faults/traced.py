"""What a command does to the system: its sockets, and every file that it writes, by strace.

A call that the kernel refuses is seen as well: what counts is that it was tried.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_CHANGING = (
    "creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
    "unlink,unlinkat,rmdir,truncate,chmod,fchmodat,chown,lchown,fchownat,utimensat,setxattr"
)
CALLS = f"%network,chdir,fchdir,open,openat,openat2,{_CHANGING}"
_OPENED = re.compile(r"open(?:at2?)?\(.*\bO_(?:WRONLY|RDWR|CREAT)\b.*\) = (?:\d+<(.+)>|-1 .+)\Z")
_CHANGED = re.compile(rf"(?:{_CHANGING.replace(',', '|')})\(")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_MOVED = re.compile(r'f?chdir\((?:"(.*)"|\d+<(.*)>)\) = 0')
_LOCAL = re.compile(r"AF_UNIX|AF_LOCAL")
_UNFINISHED = re.compile(r"\A(.*?) <unfinished \.\.\.>\Z")
_RESUMED = re.compile(r"\A<\.\.\. \w+ resumed>(.*)\Z")


@dataclass(frozen=True, slots=True)
class Trace:
    """The calls that make a socket of the network or reach for one, and the paths written to.

    Paths are whole; what was opened to be written in vain is among them.
    """

    sockets: tuple[str, ...]
    local: tuple[str, ...]  # names of local sockets that were connected to
    written: tuple[Path, ...]

    def outside(self, *folders: Path) -> list[Path]:
        """What was written below none of these."""
        return sorted({p for p in self.written if not any(p.is_relative_to(f) for f in folders)})


def traced(log: Path, folder: Path) -> list[str]:
    """The words that go before a command, which is run in this folder, to have it traced."""
    every = ["-f", "-qq", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-e", "signal=none"]
    return ["strace", *every, "-o", str(log), "env", "-C", str(folder)]


def trace(
    command: list[object], log: Path, folder: Path, env: Mapping[str, str]
) -> tuple[Trace, subprocess.CompletedProcess[str]]:
    """Runs a command in a folder with just this environment, and what it did."""
    done = subprocess.run(
        [*traced(log, folder), *map(str, command)], env=env, capture_output=True, text=True
    )
    return read_trace(log, folder), done


def untraced(
    command: list[object], folder: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """The same without a trace."""
    return subprocess.run(
        [*map(str, command)], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def read_trace(log: Path, folder: Path) -> Trace:
    """The trace in this file; `folder` is where a path without its beginning starts from."""
    sockets, local, written = [], [], []
    stands_in: dict[str, Path] = {}
    for process, line in _whole_calls(log.read_text("utf-8", "surrogateescape").splitlines()):
        here = stands_in.get(process, folder)
        if (moved := _MOVED.match(line)) and line.endswith(" = 0"):
            stands_in[process] = here / (moved[1] or moved[2])
        if line.startswith(("socket(", "connect(", "bind(", "sendto(", "sendmsg(", "sendmmsg(")):
            made = line.startswith("socket(") and not _LOCAL.search(line)
            if made or re.search(r"AF_INET|sin6?_addr", line):
                sockets.append(line)
            if line.startswith("connect(") and _LOCAL.search(line):
                local.append(line)
        opened = _OPENED.match(line)
        if opened and opened[1]:
            written.append(Path(opened[1].removesuffix(" (deleted)")))
        elif (opened or _CHANGED.match(line)) and "EEXIST" not in line:
            written += [
                Path(os.path.normpath(here / base / name)) for base, name in _PATH.findall(line)
            ]
    return Trace(tuple(sockets), tuple(local), tuple(written))


def _whole_calls(lines: list[str]) -> list[tuple[str, str]]:
    """Process and call: strace cuts a line in two when another process calls meanwhile."""
    begun: dict[str, str] = {}
    whole = []
    for line in lines:
        process, _, call = line.partition(" ")
        call = call.strip()
        if cut := _UNFINISHED.match(call):
            begun[process] = cut[1]
        elif rest := _RESUMED.match(call):
            whole.append((process, begun.pop(process, "") + rest[1]))
        else:
            whole.append((process, call))
    return whole + list(begun.items())
