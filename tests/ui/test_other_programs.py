"""The open reader shows what other programs write into the library."""

from __future__ import annotations

TRAM, TIDE = "Council votes on the tram", "Long read about the tide"


async def follow(desk) -> None:
    await desk.screen.others.follow()
    await desk.rest()


async def test_an_added_article_appears_in_the_list_and_the_cursor_stays(reader):
    async with reader() as desk:
        await desk.press("j")
        with desk.on_disk() as other:
            other.importing.add_bytes(
                "new.md", b"---\ntitle: Fresh news\ndate: 2026-11-22\ntags: [fresh]\n---\nText.\n"
            )
        await follow(desk)
        assert desk.titles[0] == "Fresh news"
        assert desk.at_cursor == desk.on_page == TRAM
        assert "8 articles" in desk.text


async def test_the_reader_looks_by_itself(reader, monkeypatch):
    from tuireader.reader import screen as module

    monkeypatch.setattr(module, "FOLLOW_SECONDS", 0.01)
    async with reader(size=(160, 40)) as desk:
        with desk.on_disk() as other:
            other.bookmark([desk.id_of(TRAM)])
        await desk.until(lambda: "★" in desk.text)
        with desk.on_disk() as other:
            other.tag([desk.id_of(TRAM)], ["elsewhere"])
        await desk.until(lambda: any("elsewhere" in line[:28] for line in desk.lines()))


async def test_the_article_on_the_page_gets_a_note_from_elsewhere(reader):
    async with reader() as desk:
        await desk.press("j", "enter")
        with desk.on_disk() as other:
            other.note(desk.id_of(TRAM), "From the command line.")
        await follow(desk)
        assert "From the command line." in desk.text
        assert "✎1" in desk.text


async def test_an_article_that_is_trashed_elsewhere_leaves_the_list(reader):
    async with reader() as desk:
        await desk.press("j")
        with desk.on_disk() as other:
            other.articles.trash([desk.id_of(TRAM)])
        await follow(desk)
        assert TRAM not in desk.titles
        assert desk.at_cursor == desk.on_page == TIDE


async def test_both_programs_keep_each_others_changes(reader):
    async with reader() as desk:
        with desk.on_disk() as other:
            other.bookmark([desk.id_of(TIDE)])
            await desk.press("j", "b")
            other.refresh()
            assert {article.title for article in other.select("is:bookmarked")} == {TRAM, TIDE}


async def test_the_query_being_typed_is_not_changed(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("tag:city date:2021-13")
        with desk.on_disk() as other:
            other.bookmark([desk.id_of(TRAM)])
        await follow(desk)
        assert desk.screen.filter_line.query_text == "tag:city date:2021-13"
        assert "▲" in desk.text


async def test_a_catalogue_broken_by_another_program_is_reported_and_reading_continues(reader):
    async with reader() as desk:
        for _ in range(4):  # records, so that a broken one is followed by others
            await desk.press("b")
        journal = desk.library.path / "catalog.journal"
        whole = journal.read_bytes()
        broken, place = journal.with_name("broken"), len(whole) // 2
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        broken.replace(journal)
        for _ in range(3):
            await follow(desk)
        await desk.press("b")
        assert "damaged" in desk.said
        assert journal.read_bytes() != whole
        await desk.press("j", "enter")
        assert "The vote was close." in desk.text


async def test_a_missing_text_is_reported_on_the_page(reader):
    async with reader() as desk:
        article = desk.library.articles.get(desk.id_of(TRAM))
        (desk.library.path / article.text).unlink()
        await desk.press("j")
        assert "cannot be read" in desk.screen.page.page.document.text
        assert "The text of" in desk.text
        await desk.press("b", "j")
        assert desk.on_page == TIDE


async def test_articles_from_elsewhere_are_announced_and_changes_of_known_ones_are_not(reader):
    async with reader() as desk:
        with desk.on_disk() as other:
            other.bookmark([desk.id_of(TRAM)])
        await follow(desk)
        assert "added" not in desk.said
        with desk.on_disk() as other:
            for number in range(3):
                other.importing.add_bytes("new.md", f"# Fresh news {number}\n\nText {number}.\n".encode())
        await follow(desk)
        assert "3 articles added" in desk.said
