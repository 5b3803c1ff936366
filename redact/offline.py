"""No network: what libraries would do by themselves is switched off, and the system is asked too.

`switch_off` runs when redact is imported, in every process, before any of these libraries is.
`refuse_network` makes the kernel refuse sockets to a network for the rest of the process and its
children; the command line asks for it, a library must not do so to somebody else's process.
What is proved of both is in docs/security.md, section 6.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

# Ours wins over what the environment says: nobody who sets these means transcripts of interviews.
SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime 1.29 and later; read once, when it is loaded
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}
LOADED_BEFORE = (
    "onnxruntime was loaded before redact, perhaps with its telemetry on: import redact first"
)

_NUMBER_OF_SOCKET = {"x86_64": 41, "aarch64": 198}
_NUMBER_OF_SECCOMP = {"x86_64": 317, "aarch64": 277}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # of classic BPF, as linux/bpf_common.h has them
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # 13 is EACCES
_NO_NEW_PRIVILEGES = 38
_SET_FILTER, _IN_ALL_THREADS = 1, 1
_LOCAL = 1  # AF_UNIX: how processes of one machine talk
_MASK = 0x54
_LOCAL_ONLY = ((_IF_EQUAL, 0, 1, _LOCAL),)
# Local ones, or those of IPv4 and IPv6 (2 and 10) whose type, without its flags, is a stream (1).
_LOCAL_AND_STREAMS = (
    (_IF_EQUAL, 5, 0, _LOCAL),
    (_IF_EQUAL, 1, 0, 2),
    (_IF_EQUAL, 0, 4, 10),
    (_LOAD, 0, 0, 24),
    (_MASK, 0, 0, 0xF),
    (_IF_EQUAL, 0, 1, 1),
)
_PROGRAMS = frozenset(
    ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system")
)


def switch_off() -> None:
    """Tells every library of this process and its children to keep to itself."""
    onnxruntime = sys.modules.get("onnxruntime")
    if onnxruntime is not None and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
        onnxruntime.disable_telemetry_events()  # too late for its first message
        warnings.warn(LOADED_BEFORE, RuntimeWarning, stacklevel=3)
    os.environ.update(SWITCHES)


def load_without_probe() -> None:
    """Loads urllib3, which Presidio and spaCy bring along, without its look for IPv6.

    It would bind a socket to `::1` when it is loaded. What it sees stays as it would have seen it.
    """
    if "urllib3.util.connection" in sys.modules:
        return
    import socket

    had = socket.has_ipv6
    vars(socket)["has_ipv6"] = False
    try:
        import urllib3.util.connection as connection
    finally:
        vars(socket)["has_ipv6"] = had
    connection.HAS_IPV6 = had


def load_without_azure() -> None:
    """Loads Presidio's anonymizer without the way to Azure that one of its operators looks for.

    It takes Azure's absence for granted, but looks within the analyzer, and so loads the whole of
    it and spaCy: a second of every command that replaces and detects nothing.
    """
    helper = "presidio_analyzer.llm_utils.azure_auth_helper"
    if "presidio_analyzer" in sys.modules:
        return
    vars(sys)["modules"][helper] = None  # how Python is told that there is no such module
    try:
        import presidio_anonymizer  # noqa: F401
    finally:
        sys.modules.pop(helper, None)


class Refused(PermissionError):
    """Something in this process asked for another address than the one it may reach."""


def refuse_network() -> bool:
    """Whether the kernel now refuses this process, for good, all sockets but local ones.

    Works on Linux of 64 bits (x86 and Arm); elsewhere nothing changes. Sockets that are open stay.
    """
    return _filter_sockets(streams_too=False)


def refuse_network_but(host: str, port: int) -> str:
    """The number of this host, once nothing else can be reached from this process, for good.

    The kernel refuses every socket but local ones and streams, so that no name is looked up any
    more; it cannot see where a stream goes, so Python itself refuses every other address, to listen
    and to start another program. OSError if the name is not known.
    """
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    number = str(found[0][4][0])
    _filter_sockets(streams_too=True)

    def only(event: str, said: tuple[Any, ...]) -> None:
        if event in _PROGRAMS:
            raise Refused(event)
        if event == "socket.getaddrinfo" and said[0] != number:
            raise Refused(event)
        if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
            to = said[1]
            reached = (to[0], to[1]) if isinstance(to, tuple) and len(to) > 1 else None
            if reached is not None and (event != "socket.connect" or reached != (number, port)):
                raise Refused(event)

    sys.addaudithook(only)
    return number


def _filter_sockets(*, streams_too: bool) -> bool:
    machine = os.uname().machine if sys.platform == "linux" else ""
    if machine not in _NUMBER_OF_SOCKET or sys.maxsize < 2**32:
        return False
    import ctypes
    import struct

    which = _LOCAL_AND_STREAMS if streams_too else _LOCAL_ONLY
    # Each step: code, how many to jump over if it is so and if not, and its value.
    steps = (
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 0, 3 + len(which), _ARCHITECTURE[machine]),
        (_LOAD, 0, 0, 0),
        (_IF_EQUAL, 0, 1 + len(which), _NUMBER_OF_SOCKET[machine]),
        (_LOAD, 0, 0, 16),
        *which,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    whole = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    )
    try:
        system = ctypes.CDLL(None)
        control, call = system.prctl, system.syscall
    except (OSError, AttributeError):
        return False
    control.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    call.argtypes = [ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p]
    if control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    refused = call(_NUMBER_OF_SECCOMP[machine], _SET_FILTER, _IN_ALL_THREADS, whole)
    return bool(refused == 0)
