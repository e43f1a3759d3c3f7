"""Commands that lead to the calendar, and those that hold in it."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_day = partial(command, group=Group.CALENDAR, contexts=(Context.CALENDAR,), palette=False)

CALENDAR: tuple[Command, ...] = (
    command("go-calendar", "g c", "Go to the calendar", "A year at a glance: what is listed, day by day.",
            group=Group.PANES, contexts=(Context.APP,)),
    command("choose-dates", "d", "Choose dates", "In the calendar: a day, a week, a month, a year, a range.",
            group=Group.FINDING, contexts=(Context.LIST, Context.SIDEBAR), label="dates"),
    _day("pick-days", "enter", "List", "List the day under the cursor, or all that is chosen.", label="list"),
    _day("day-down", "j, down", "Down", "A day on; in a month, a week."),
    _day("day-up", "k, up", "Up", "A day back; in a month, a week."),
    _day("day-right", "l, right", "Right", "A week on; in a month, a day."),
    _day("day-left", "h, left", "Left", "A week back; in a month, a day."),
    _day("next-month", "}", "Next month", "The same day of the next month."),
    _day("previous-month", "{", "Month before", "The same day of the month before."),
    _day("next-year", "J, ] ]", "Next year", "The same day of the next year.", label="year"),
    _day("previous-year", "K, [ [", "Year before", "The same day of the year before."),
    _day("first-day", "g g, home", "First day", "The first day on which there is something."),
    _day("last-day", "G, end", "Last day", "The last day on which there is something."),
    _day("go-today", "t", "Today", "To the present day."),
    _day("zoom-in", "+", "Nearer", "From the year to the month, from the month to the day.", label="nearer"),
    _day("zoom-out", "-", "Farther", "From the day to the month, from the month to the year."),
    _day("begin-range", "v, V", "Range", "Begin a range at the cursor; again: none.", label="range"),
    _day("whole-week", "w", "Whole weeks", "Choose the week, or whole weeks of the range; again: days.",
         label="week"),
    _day("whole-month", "m", "Whole months", "The same of months.", label="month"),
    _day("whole-year", "y", "Whole years", "The same of years."),
    _day("other-layer", "n", "Articles or notes",
         "What appeared on a day, or what was noted on it: notes, highlights and bookmarks of passages.",
         label="notes"),
)  # fmt: skip
