"""roc-validator as an oracle of RO-Crate, in an environment of its own and without a network.

It asks for the JSON-LD context of RO-Crate by its address; the copy that lies beside the clone is
put into its cache first, so that it need not.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.proofs import ROC, SCHEMAS

_ORACLE = """
import io, json, sys
from pathlib import Path
from requests.adapters import BaseAdapter, HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from urllib3 import HTTPResponse

context, cache, whole, *crates = sys.argv[1:]

class Beside(BaseAdapter):
    def send(self, request, **kwargs):
        said = {"Content-Type": "application/ld+json"}
        body = io.BytesIO(Path(context).read_bytes())
        raw = HTTPResponse(body=body, status=200, preload_content=False, headers=said)
        return HTTPAdapter().build_response(request, raw)

    def close(self):
        pass

session = CachedSession(cache_name=cache, expire_after=-1)
session.mount("https://", Beside())
session.get("https://w3id.org/ro/crate/1.2/context")
found = {}
for crate in crates:
    done = services.validate(services.ValidationSettings(
        rocrate_uri=crate, profile_identifier="ro-crate-1.2", requirement_severity="RECOMMENDED",
        metadata_only=whole == "no", offline=True, cache_path=cache))
    found[crate] = [[one.severity.name, str(one.message)] for one in done.get_issues()]
print(json.dumps(found))
"""
REQUIRED, RECOMMENDED = "REQUIRED", "RECOMMENDED"


def roc_says(crates: Iterable[Path], *, is_whole: bool = True) -> dict[Path, list[tuple[str, str]]]:
    """By crate what is not met: the level that asks it, and the validator's words.

    `is_whole` looks at the files beside the metadata too.
    """
    context = SCHEMAS / "ro-crate" / "context-1.2.jsonld"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [ROC, "-c", _ORACLE, context, f"{folder}/cache", "yes" if is_whole else "no", *crates],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return {Path(crate): [(level, said) for level, said in all_] for crate, all_ in found.items()}
