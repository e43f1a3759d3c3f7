"""README and docs: every link leads somewhere, every key is one, every line fits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documented import PAGES, ROOT, prose

from docs import demo, keys, settings
from docs.screenshots import PICTURES
from tuireader.commands import COMMANDS, shown_key

HOST = "https://github.com/tuireader/tuireader/"
WIDTH = 100
_LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[([^\]]+)\]")
_CODE = re.compile(r"`([^`]+)`")
_KEYS = re.compile(r"^\| ((?:`[^`]+`(?: or |, | )?)+) \|", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    missing = []
    for link in (inline or reference for inline, reference in _LINK.findall(_CODE.sub("", prose(page)))):
        if link.startswith((f"{HOST}blob/", f"{HOST}raw/")):
            target = ROOT / re.sub(r"^(?:blob|raw)/main/", "", link.removeprefix(HOST))
            fragment = ""
        elif "://" in link:
            continue
        else:
            path, _, fragment = link.partition("#")
            target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            missing.append(link)
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_references_of_links_are_defined(page: Path) -> None:
    text = _CODE.sub("", prose(page))
    defined = set(re.findall(r"^\[([^\]]+)\]: ", text, re.MULTILINE))
    assert set(_REFERENCE.findall(text)) <= defined
    assert [name for name in defined if len(re.findall(rf"\[{re.escape(name)}\](?!:)", text)) == 0] == []


def test_the_readme_works_away_from_the_repository() -> None:
    relative = [link for link in re.findall(r"\]\(([^)]+)\)", prose(ROOT / "README.md")) if "://" not in link]
    assert relative == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_lines_fit(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    assert [f"{at}: {len(line)}" for at, line in enumerate(lines, 1) if len(line) > WIDTH] == []


def test_the_keys_that_are_explained_are_keys() -> None:
    known = {shown_key(key) for command in COMMANDS for key in command.keys}
    pages = [
        page
        for page in PAGES
        if page.name in {"README.md", "reading.md", "annotating.md", "finding.md", "tags.md"}
    ]
    unknown = []
    for page in [*pages, ROOT / "docs" / "getting-started.md"]:
        for table in re.findall(r"^\| key \|.*\n(?:\|.*\n)+", page.read_text("utf-8"), re.MULTILINE):
            for cell in _KEYS.findall(table):
                for key in _CODE.findall(cell):
                    plain = re.sub(r"^[1-9](?=\D)", "", key).replace("\\|", "|")
                    if plain not in known:
                        unknown.append(f"{page.name}: {key}")
    assert unknown == []


def test_the_page_of_keys_is_that_of_the_registry() -> None:
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == keys.page(), "run: make docs"


def test_the_page_of_settings_is_that_of_the_declarations() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings.page(), "run: make docs"


def test_targets_that_are_named_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert named - targets == set()


def test_the_pictures_are_those_that_are_drawn_and_shown() -> None:
    shown = {
        name for page in PAGES for name in re.findall(r"pictures/([\w-]+)\.svg", page.read_text("utf-8"))
    }
    there = {path.stem for path in (ROOT / "docs" / "pictures").iterdir()}
    assert shown == there == {picture.name for picture in PICTURES} | {demo.FILE.stem}


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_context_decision_and_consequences(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {int(page.name[:3])}. ")


def test_the_decisions_are_numbered_and_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert [int(page.name[:3]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert re.findall(r"^- \[.*\]\((.*)\)$", index, re.MULTILINE) == [page.name for page in DECISIONS]
