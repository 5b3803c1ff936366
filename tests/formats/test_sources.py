"""Finding transcripts: files, folders, patterns."""

from pathlib import Path

import pytest

from redact.errors import BadInput, UsageError
from redact.formats.sources import read_sources


def test_patterns_name_files_of_a_folder_or_of_all_folders_in_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "in/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("INT: hi\n", "utf-8")

    def found(pattern: str) -> list[str]:
        return [source.name for source in read_sources([tmp_path / pattern])]

    assert found("*.txt") == ["a.txt"]
    assert found("**/*.txt") == ["a.txt", "c.txt"]
    with pytest.raises(UsageError, match="no such file"):
        found("*.docx")


def test_a_file_of_one_endless_line_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(BadInput, match="192 MB"):
        read_sources([path])
    path.write_text("I went to Ayr. " * 900_000, "utf-8")
    with pytest.raises(BadInput, match=r"13,500,000 characters .* Split it"):
        read_sources([path])
