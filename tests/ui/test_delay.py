"""A delayed call is made, however busy the machine is."""

from __future__ import annotations

from tuireader.delay import Delay


async def test_an_overdue_call_is_still_made(reader):
    async with reader() as desk:
        called = []
        for number in range(50):
            Delay(desk.screen, 0, lambda number=number: called.append(number))
        await desk.until(lambda: len(called) == 50)
        assert called == list(range(50))


async def test_a_stopped_call_is_never_made_but_the_others_are(reader):
    async with reader() as desk:
        called = []
        stopped = Delay(desk.screen, 0.01, lambda: called.append("stopped"))
        stopped.stop()
        begun_again = Delay(desk.screen, 0.01, lambda: called.append("begun again"))
        begun_again.reset()
        last = Delay(desk.screen, 0.05, lambda: called.append("last"))
        await desk.until(lambda: "last" in called)
        last.reset()
        await desk.pilot.pause(0.1)
        assert called == ["begun again", "last"]


async def test_a_call_of_a_removed_widget_is_dropped(reader):
    async with reader() as desk:
        called = []
        footer = desk.screen.footer
        Delay(footer, 0.01, lambda: called.append("gone"))
        await footer.remove()
        await desk.pilot.pause(0.05)
        assert not called
