"""Links are chosen by letters, and shown before they are opened."""

from __future__ import annotations

import webbrowser
from contextlib import contextmanager

import pytest

BODY = (
    "The [third vote](https://news.example.org/third) was close. See [bank.example](https://evil.example/b), "
    "[pаypal](https://pаypal.example/) and [run](javascript:alert(1)); [a link that is so long that it does "
    "not fit on one line of the page and is broken](https://long.example/).\n\n"
)


@pytest.fixture
def linked(library_at, empty_folder):
    with library_at(empty_folder) as library:
        library.importing.add_bytes("a.md", f"---\ntitle: Links\n---\n{BODY}{'Words. ' * 2000}".encode())
    return empty_folder


@pytest.fixture
def opened(monkeypatch):
    """The addresses passed to the browser."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not addresses.append(address))
    monkeypatch.setattr(webbrowser, "get", lambda: None)
    return addresses


async def test_a_link_is_chosen_by_its_letter_shown_in_full_and_opened(reader, linked, opened):
    async with reader(linked, size=(80, 24)) as desk:
        await desk.press("enter", "semicolon")
        assert "Theathird vote was close. Seesbank.example" in desk.text
        await desk.press("a")
        assert "https://news.example.org/third" in desk.text and "“third vote”" in desk.text
        assert opened == []
        await desk.press("enter")
        assert opened == ["https://news.example.org/third"]
        assert "Theathird" not in desk.text


async def test_a_reference_leads_to_its_footnote_and_back(reader, library_at, empty_folder, opened):
    body = f"A claim.[^a]\n\n{'Words. ' * 900}\n\nAnother.[^b]\n\n[^a]: Its source.\n[^b]: The other source."
    with library_at(empty_folder) as library:
        library.importing.add_bytes("a.md", f"---\ntitle: Notes\n---\n{body}\n".encode())
    async with reader(empty_folder, size=(80, 24)) as desk:
        await desk.press("enter", "semicolon", "a")
        page = desk.screen.page
        assert "Its source." in desk.text
        assert page.page.document.text[slice(*page.pointer.paragraph())] == "Its source."
        assert "▸" in next(line for line in desk.lines() if "Its source." in line)
        await desk.press("ctrl+o")
        assert "A claim.¹" in desk.text
        await desk.press("G", "semicolon", "a")
        assert page.page.document.text[slice(*page.pointer.paragraph())] == "The other source."
        assert opened == []


async def test_deceptive_addresses_are_reported_with_the_host_in_ascii(reader, linked, opened):
    async with reader(linked, size=(80, 24)) as desk:
        await desk.press("enter", "semicolon", "s")
        assert "The link says bank.example, but it leads to evil.example." in desk.text
        await desk.press("escape", "semicolon", "d")
        assert "https://xn--pypal-4ve.example/" in desk.text and "mixes letters" in desk.text
        await desk.press("enter")
        assert opened == ["https://xn--pypal-4ve.example/"]


async def test_an_invalid_address_is_not_opened_but_can_be_copied(reader, linked, opened):
    async with reader(linked, size=(80, 24)) as desk:
        await desk.press("enter", "slash", *"run", "enter", "semicolon")
        links = desk.screen.page.lines.links()
        assert all("javascript" not in link.target or not link.target.startswith("http") for link in links)
        await desk.press("escape")
        desk.screen.links.ask_about("javascript:alert(1)", "run")
        await desk.pilot.pause()
        await desk.press("enter")
        assert opened == [] and "it is not opened" in desk.text
        await desk.press("y")
        assert desk.app.clipboard == "javascript:alert(1)"


async def test_a_link_on_two_lines_has_one_letter_and_all_its_words(reader, linked, opened):
    async with reader(linked, size=(60, 24)) as desk:
        await desk.press("enter")
        view = desk.screen.page
        long = [one for one in view.lines.links() if one.target == "https://long.example/"]
        assert len(long) == 1 and long[0].words.endswith("is broken")


async def test_any_other_key_leaves_the_links(reader, linked):
    async with reader(linked, size=(80, 24)) as desk:
        for key in ("escape", "1"):
            await desk.press("enter", "semicolon", key)
            assert "The third vote" in desk.text and not desk.screen.next_key.is_wanted
        await desk.press("space", "space", "semicolon")
        assert "No links on the screen." in desk.said


async def test_more_links_than_letters_have_two_letters(reader, library_at, empty_folder, opened):
    links = " ".join(f"[link {number}](https://example.org/{number})" for number in range(40))
    with library_at(empty_folder) as library:
        library.importing.add_bytes("a.md", f"---\ntitle: Many\n---\n{links}".encode())
    async with reader(empty_folder, size=(100, 30)) as desk:
        await desk.press("enter", "semicolon", "s")
        assert "which link? s" in desk.lines()[-1]
        await desk.press("a", "enter")
        assert opened == ["https://example.org/26"]


async def test_while_choosing_a_link_no_other_keys_are_shown(reader, linked):
    async with reader(linked, size=(80, 24)) as desk:
        await desk.press("enter", "semicolon")
        assert desk.lines()[-1].strip() == "which link? · Esc cancels"
        await desk.press("escape")
        assert "find" in desk.lines()[-1]


async def test_an_address_is_opened_only_after_all_of_the_dialog_was_seen(reader, linked, opened):
    async with reader(linked, size=(40, 10)) as desk:
        await desk.press("enter", "semicolon")
        await desk.press("d")
        frame = desk.app.screen.query_one(".frame")
        await desk.press("j", "k", "enter")
        assert opened == [] and "letters that are not" in desk.text
        while frame.scroll_offset.y < frame.max_scroll_y:
            await desk.press("j")
            assert opened == []
        assert "Esc cancel  Enter open" in desk.text
        await desk.press("enter")
        assert opened == ["https://xn--pypal-4ve.example/"]


@pytest.mark.parametrize(("browser", "lent"), [("lynx", True), ("firefox &", False)])
async def test_a_browser_that_draws_on_the_terminal_is_given_the_terminal(
    reader, opened, monkeypatch, browser, lent
):
    asides: list[str] = []

    @contextmanager
    def suspend():
        asides.append("")
        yield
        asides[-1] = opened[-1]

    kind = webbrowser.BackgroundBrowser if browser.endswith("&") else webbrowser.GenericBrowser
    monkeypatch.setattr(webbrowser, "get", lambda: kind(browser))
    async with reader() as desk:
        monkeypatch.setattr(desk.app, "suspend", suspend)
        await desk.press("o")
        assert opened == [desk.library.articles.get(desk.screen.articles.cursor_id).url]
        assert asides == (opened if lent else [])


async def test_without_a_browser_the_reader_says_so(reader, opened, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    async with reader() as desk:
        await desk.press("o")
        assert "No browser was found. Name one in BROWSER." in desk.said
