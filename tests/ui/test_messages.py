"""Messages: there is one place for them, and a new message replaces the previous one."""

from __future__ import annotations


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
