"""The program never uses the network, and writes nowhere but where it says: seen by strace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import PASSPHRASE, ROOT, SAMPLES, at_length, tree
from tests.faults.injected import available
from tests.faults.traced import Trace, read_trace, trace, traced, untraced
from tests.proofs import TRACED, passed_over

MODEL = ROOT / "redact" / "data" / "name_model" / "model.onnx"
# What a user's environment may say: the opposite of ours, and ways out to a network.
AGAINST = {
    "ORT_DISABLE_TELEMETRY": "0",
    "HF_HUB_OFFLINE": "0",
    "TRANSFORMERS_OFFLINE": "0",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "socks5://127.0.0.1:9",
}
ONE = """\
INT: How is Morag MacLeod?
P01: Morag is grand, see https://harborbridge.example/a?b=1 or write to m@harborbridge.example.
P01: She is in Kilmarnock, on 07700 900 123, as I said at http://192.0.2.7/x.
"""
TWO = "INT: Who else?\nP02: Will Dunlop. Will is fine.\n"
# Many commands in one process, so that its models are loaded once; each ends by SystemExit. What
# Python itself is asked for is counted too, and the job then needs no trace.
JOB = """
import socket, sys
tried = []
def refuse(*args, **kwargs):
    tried.append(args)
    raise OSError("no network in this test")
# Not bind: a library asks at import whether the loopback has IPv6, which sends nothing.
for name in ("connect", "connect_ex", "sendto", "sendmsg"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refuse)
from redact import pseudonymise
from redact.detect.for_presidio import RedactRecognizer
from redact.cli import main

print(pseudonymise("P01: Catriona MacAllister, in Oban.").text)
RedactRecognizer().analyze("P01: Catriona MacAllister, in Oban.", [])
source, study, key, sample, gold, out, workers = sys.argv[1:]
opened = ["--passphrase-file", key]
for command in (
    ["run", source, "--out", study, "--policy", "safe-copy", "--workers", workers, *opened],
    ["replace", study, *opened],
    ["describe", study, "--from", sample + "/deposit.toml"],
    ["risk", study, *opened],
    ["settle", study, "--by", "A. Steward", "--reason", "a test", *opened],
    ["release", study, *opened],
    ["release", study, "--profile", "zenodo", "--check", *opened],
    ["evaluate", gold, "--policy", "safe-copy", "--errors", out + "/errors.html"],
    ["decisions", "export", study, "--as", "doccano", "--to", out + "/d.jsonl", *opened],
    ["audit", "verify", study, *opened],
    ["restore", study, "--to", out + "/back", *opened],
):
    try:
        main(command)
    except SystemExit as ending:
        print(command[0], ending.code)
print("tried", len(tried))
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment with a home and a temporary folder that are empty, and everything against."""
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        **AGAINST,
    }


def said_by(program: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def assert_kept_to_itself(seen: Trace, folder: Path, *allowed: Path) -> None:
    """No socket of the network, no other program asked, and nothing written elsewhere.

    Python's compiled files beside its modules and semaphores, which are memory, are not counted.
    """
    assert seen.sockets == ()
    assert_no_file_elsewhere(seen, folder, *allowed)


def assert_no_file_elsewhere(seen: Trace, folder: Path, *allowed: Path) -> None:
    assert seen.local == ()
    beside = folder / ".study."  # a study is made beside its place and then put there
    strange = [
        path
        for path in seen.outside(*allowed, folder / "tmp", Path("/dev/null"), Path("/dev/tty"))
        if "__pycache__" not in path.parts
        and not str(path).startswith(("/dev/shm/sem.", str(beside)))  # noqa: S108 not made here
    ]
    assert strange == []
    for name in ("home", "tmp", "here"):
        assert list((folder / name).iterdir()) == []


@pytest.mark.model
def test_a_whole_job_opens_no_socket_and_writes_nowhere_else(
    tmp_path: Path, bare: dict[str, str], request: pytest.FixtureRequest
) -> None:
    source, out, key = tmp_path / "source", tmp_path / "out", tmp_path / "passphrase"
    source.mkdir()
    out.mkdir()
    key.write_text(PASSPHRASE + "\n", "utf-8")
    (source / "one.txt").write_text(ONE, "utf-8")
    (source / "two.txt").write_text(TWO, "utf-8")
    gold, study = out / "gold.jsonl", tmp_path / "study"
    gold.write_text((SAMPLES / "gold.jsonl").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    log, here = tmp_path / "trace", tmp_path / "here"
    job = tmp_path / "job.py"
    job.write_text(JOB, "utf-8")
    arguments = [sys.executable, job, source, study, key, SAMPLES, gold, out, at_length(2, 1)]
    if available():
        seen, done = trace([*arguments], log, here, bare)
    else:
        seen, done = None, untraced([*arguments], here, bare)

    ends = dict(re.findall(r"^(\w+) (\d)$", done.stdout, re.MULTILINE))
    wanted = "replace describe risk settle evaluate decisions audit restore tried".split()
    assert {name: ends.get(name) for name in wanted} == dict.fromkeys(wanted, "0"), done.stderr
    assert ends["run"] in "03", done.stderr
    assert ends["release"] in "034"
    assert (study / "release").is_dir()
    assert tree(out / "back") == tree(source)
    if seen is None:
        passed_over(request, TRACED)
    assert_kept_to_itself(seen, tmp_path, study, out)
    assert any(path.is_relative_to(study) for path in seen.written), "the trace sees what it must"


@pytest.mark.model
@pytest.mark.parametrize("by", ["review", "open"])
def test_the_page_listens_on_this_machine_and_makes_no_other_socket(
    by: str,
    small_study: tuple[Path, Path],
    tmp_path: Path,
    bare: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    from tests.page.conftest import Served
    from tests.page.test_guard import ask

    if not available():
        passed_over(request, TRACED)
    study, key = small_study
    log = tmp_path / "trace"
    command = [sys.executable, "-m", "redact.cli", by, study, "--by", "AB", "--no-browser"]
    process = subprocess.Popen(
        [*traced(log, tmp_path / "here"), *map(str, command), "--passphrase-file", str(key)],
        env=bare,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    address = next(line.strip() for line in process.stdout if "http://" in line)
    served = Served(address, study, process)
    body = urlencode({"token": served.token})
    status, headers, _ = ask(served, "/session", "POST", body, Origin=served.origin)
    known = headers["set-cookie"].split(";")[0]
    assert (status, ask(served, "/", Cookie=known)[0]) == (303, 200)
    (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(child), signal.SIGINT)
    process.communicate(timeout=30)
    seen = read_trace(log, tmp_path / "here")
    assert [call.split("(")[0] for call in seen.sockets] == ["socket", "bind"]
    assert 'inet_addr("127.0.0.1")' in seen.sockets[1]
    assert_no_file_elsewhere(seen, tmp_path, study)


@pytest.mark.parametrize("before", ["0", "", "false"])
def test_importing_redact_switches_off_what_the_environment_left_on(
    before: str, bare: dict[str, str]
) -> None:
    asked = "import redact, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    assert said_by(asked, {**bare, "ORT_DISABLE_TELEMETRY": before}) == "1\n"


@pytest.mark.model
@pytest.mark.parametrize("told", [True, False])
def test_the_switch_is_one_that_the_installed_onnxruntime_has(
    told: bool, tmp_path: Path, bare: dict[str, str]
) -> None:
    """Without it a number of the device is written; nothing can be sent here in either case."""
    program = "from redact.offline import refuse_network; refuse_network()\n"
    program += "" if told else "import os; os.environ.pop('ORT_DISABLE_TELEMETRY')\n"
    program += f"import onnxruntime; onnxruntime.InferenceSession({str(MODEL)!r})"
    said_by(program, bare)
    assert bool(list((tmp_path / "home").rglob("*"))) is not told


@pytest.mark.model
def test_one_who_loads_onnxruntime_before_redact_is_told(bare: dict[str, str]) -> None:
    assert "import redact first" in said_by("import onnxruntime, redact", {**bare, "CI": "1"})
    assert said_by("import redact, onnxruntime", bare) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked on Linux only")
def test_the_kernel_refuses_sockets_of_a_network_to_every_thread(bare: dict[str, str]) -> None:
    program = """
import socket, subprocess, sys, threading
from redact.offline import refuse_network
go, said = threading.Event(), []
def one(family):
    try:
        socket.socket(family).close()
        return "made"
    except OSError as error:
        return type(error).__name__
def before():
    go.wait()
    said.append(one(socket.AF_INET))
thread = threading.Thread(target=before)
thread.start()
assert refuse_network()
go.set()
thread.join()
said += [one(family) for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX)]
child = "import socket; socket.socket()"
said.append(subprocess.run([sys.executable, "-c", child], capture_output=True).returncode)
print(said)
"""
    refused = "PermissionError"
    assert said_by(program, bare).strip() == str([refused, refused, refused, "made", 1])


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked on Linux only")
def test_what_speaks_to_a_cluster_reaches_that_address_and_no_other(bare: dict[str, str]) -> None:
    program = """
import socket, subprocess, sys
from redact.offline import refuse_network_but
def listener():
    one = socket.create_server(("127.0.0.1", 0))
    return one, one.getsockname()[1]
wanted, port = listener()
other, elsewhere = listener()
number = refuse_network_but("localhost", port)
def tried(does):
    try:
        does()
        return "done"
    except OSError as error:
        return type(error).__name__
def to(port):
    socket.create_connection((number, port), 5).close()
print([
    tried(lambda: to(port)),
    tried(lambda: to(elsewhere)),
    tried(lambda: socket.create_connection(("192.0.2.7", port), 1)),
    tried(lambda: socket.getaddrinfo("harborbridge.example", port)),
    tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    tried(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)),
    tried(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
    tried(lambda: socket.socket().bind(("127.0.0.1", 0))),
    tried(lambda: subprocess.run(["true"])),
])
"""
    kernel, python = "PermissionError", "Refused"
    wanted = ["done", python, python, python, kernel, kernel, kernel, python, python]
    assert said_by(program, bare).strip() == str(wanted)
