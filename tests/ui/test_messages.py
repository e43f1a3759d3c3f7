"""Messages: there is one place for them, and a new message replaces the previous one."""

from __future__ import annotations

from tuireader.colours import COLOURS, DARK


def shown(desk) -> list[str]:
    return [str(toast.render()) for toast in desk.app.screen.query("Toast")]


async def test_a_new_message_replaces_the_previous_one(reader):
    async with reader() as desk:
        desk.screen.desk.say("The first of two", "error")
        await desk.until(lambda: shown(desk) == ["The first of two"])
        desk.screen.desk.say("The second of two", "error")
        await desk.until(lambda: "The second of two" in shown(desk))
        assert shown(desk) == ["The second of two"]


async def test_of_two_messages_at_once_the_later_one_is_shown(reader):
    async with reader() as desk:
        desk.screen.desk.say("The first of two", "error")
        desk.screen.desk.say("The second of two", "error")
        await desk.until(lambda: "The second of two" in shown(desk))
        assert shown(desk) == ["The second of two"]


async def test_a_message_takes_the_line_of_the_footer_and_covers_no_text(reader):
    async with reader() as desk:
        before = desk.lines()
        desk.screen.desk.say("Could not be saved", "error")
        await desk.until(lambda: "Could not be saved" in desk.lines()[-1])
        assert desk.lines()[:-1] == before[:-1]
        toast = desk.app.screen.query_one("Toast")
        assert toast.styles.color.hex.lower() == COLOURS[DARK].error


async def test_the_first_line_has_the_headline_and_source_of_the_article_in_front(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        assert "Otters return to the canal" not in desk.lines()[0]
        await desk.press("enter")
        assert desk.lines()[0].strip().startswith("Otters return to the canal · news.example.org")
        await desk.press("J")
        assert desk.lines()[0].strip().startswith("Council votes on the tram · ")
        await desk.press("h")
        assert desk.lines()[0].strip().startswith("tag:city")


async def test_the_next_key_removes_a_message_but_not_an_error(reader):
    async with reader() as desk:
        desk.screen.desk.say("Note saved")
        await desk.until(lambda: "Note saved" in desk.lines()[-1])
        await desk.press("j")
        assert "? help" in desk.lines()[-1]
        desk.screen.desk.say("Could not be saved", "error")
        await desk.until(lambda: "Could not be saved" in desk.lines()[-1])
        await desk.press("j")
        assert "Could not be saved" in desk.lines()[-1]
