"""Coded projects of a release: joined from safe files; what none of them says goes to the gates."""

from redact.custody.payload import Document
from redact.formats.refi_split import FRAME, OF_PROJECT, split_project
from redact.formats.registry import read_file
from redact.policy import Handling
from redact.release.projects import JoinedProject, joined_projects
from redact.study.linkage import SafeFile
from tests.custody.test_payload import make_key
from tests.formats.test_refi_qda import members
from tests.formats.test_refi_split import coded, made_safe, project


def joined(paths: list[str], parts: list[bytes]) -> tuple[JoinedProject, ...]:
    """What a study has of sources at these paths, with these safe files."""
    documents = tuple(
        Document(
            bom="",
            doc_id=f"D{number:04d}",
            encoding="utf-8",
            guessed=False,
            safe_name=f"interview_{number:02d}.qdpx",
            safe_sha256="",
            source_name="",
            source_path=path,
            source_sha256="",
            text_sha256="",
        )
        for number, path in enumerate(paths, start=1)
    )
    files = {
        one.doc_id: SafeFile(one.doc_id, data, read_file(data, "a.qdpx", "a"))
        for one, data in zip(documents, parts, strict=True)
    }
    return joined_projects(make_key(documents=documents), files, Handling())


def parts_of(folder: str) -> tuple[list[str], list[bytes]]:
    texts = split_project(project(), "a", f"Study {FRAME}.qdpx")
    return (
        [f"/talks/{folder}/Study.qdpx{OF_PROJECT}{one.name}" for one in texts],
        [made_safe(one.data) for one in texts],
    )


def test_each_project_of_the_study_is_put_together_whatever_the_order() -> None:
    (one, first), (two, second) = parts_of("one"), parts_of("two")
    paths, parts = [*two[::-1], *one, "/talks/a.qdpx"], [*second[::-1], *first, first[0]]
    made = joined(paths, parts)
    assert [project.name for project in made] == [
        "projects/project_01.qdpx",
        "projects/project_02.qdpx",
    ]
    assert sorted(coded(made[0].data)) == sorted(coded(made[1].data))
    assert all(b"<CodeBook>" in members(one.data)["project.qde"] for one in made)


def test_nothing_stands_in_it_but_what_its_parts_say() -> None:
    (made,) = joined(*parts_of("one"))
    assert not [line for line in made.rest.splitlines() if "source-" not in line]


def test_a_text_that_is_left_alone_is_no_project() -> None:
    paths, parts = parts_of("one")
    assert joined(paths[:1], parts[:1]) == ()
    assert joined(["/talks/a.qdpx", "/talks/b.txt"], [parts[0], parts[1]]) == ()
