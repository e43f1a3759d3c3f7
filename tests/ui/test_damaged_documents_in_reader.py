"""The reader with a library of damaged documents."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from damage import damaged, put_raw, raw_of, variants

from library import Library
from library.store.database import open_database


def damage(folder: Path, library_at) -> int:
    """Damage every field of an article and of a note in one or two ways; return the number of documents."""
    library: Library
    with library_at(folder) as library:
        key = library.search.ids("otters")[0]
        library.note(key, "Who saw it?", quote="at noon")
        library.tags.recolour("city", "red")
        library.searches.save("otters", "otters")
    number, tables = 0, dict[str, dict[str, bytes]]()
    with open_database(folder) as database:
        for name, step in (("articles", 11), ("annotations", 7), ("tags", 5), ("searches", 5)):
            documents = database.catalog_table(name).documents()
            document = documents[key] if name == "articles" else next(iter(documents.values()))
            for _, data in islice(variants(document), 0, None, step):
                number += 1
                tables.setdefault(name, {})[f"x{number}"] = data
    put_raw(folder, tables)
    return number


async def test_the_reader_says_what_is_damaged_and_shows_the_rest(reader, folder: Path, library_at):
    assert damage(folder, library_at) > 50
    async with reader() as desk:
        assert "is damaged" in desk.said and "tuireader doctor --repair" in desk.said
        assert "Otters return to the canal" in desk.titles
        for _ in range(12):
            await desk.press("j")
        await desk.press("enter", "J", "J", "K", "h")
        await desk.filter("otters")
        await desk.press("b")
        await desk.press("u")


async def test_views_besides_the_list_open_too(reader, folder: Path, library_at):
    damage(folder, library_at)
    async with reader() as desk:
        for keys in (("N",), ("T",), ("g", "c")):
            await desk.press(*keys)
            await desk.press("j", "j", "k")
            await desk.press("escape")


async def test_marking_an_article_keeps_the_value_of_a_damaged_field(reader, folder: Path, library_at):
    with library_at(folder) as library:
        key = library.search.ids("otters")[0]
    with open_database(folder) as database:
        data = damaged(database.catalog_table("articles").documents()[key], ("tags",), '"nature, city"')
    put_raw(folder, {"articles": {key: data}})
    async with reader() as desk:
        assert desk.at_cursor == "Otters return to the canal"
        await desk.press("b")
    assert b"nature, city" in raw_of(folder, "articles", key)
    assert desk.on_disk().articles.get(key).state.bookmarked is not None
