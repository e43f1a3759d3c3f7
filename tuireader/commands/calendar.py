"""Commands that open the calendar, and commands inside it."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_day = partial(command, group=Group.CALENDAR, contexts=(Context.CALENDAR,), palette=False)

CALENDAR: tuple[Command, ...] = (
    command("go-calendar", "g c", "Go to the calendar",
            "Show the articles of the list by day, a year at a time.",
            group=Group.PANES, contexts=(Context.APP,)),
    command("choose-dates", "d", "Choose dates", "Choose a day, week, month, year or range in the calendar.",
            group=Group.FINDING, contexts=(Context.LIST, Context.SIDEBAR), label="dates"),
    _day("pick-days", "enter", "List", "List the day under the cursor, or the selected days.", label="list"),
    _day("day-down", "j, down", "Down", "Go to the next day; in the month view, the next week."),
    _day("day-up", "k, up", "Up", "Go to the previous day; in the month view, the previous week."),
    _day("day-right", "l, right", "Right", "Go to the next week; in the month view, the next day."),
    _day("day-left", "h, left", "Left", "Go to the previous week; in the month view, the previous day."),
    _day("next-month", "}", "Next month", "Go to the same day of the next month."),
    _day("previous-month", "{", "Previous month", "Go to the same day of the previous month."),
    _day("next-year", "J, ] ]", "Next year", "Go to the same day of the next year.", label="year"),
    _day("previous-year", "K, [ [", "Previous year", "Go to the same day of the previous year."),
    _day("first-day", "g g, home", "First day", "Go to the first day with entries."),
    _day("last-day", "G, end", "Last day", "Go to the last day with entries."),
    _day("go-today", "t", "Today", "Go to today."),
    _day("zoom-in", "+", "Zoom in", "Go from the year to the month, or from the month to the day.",
         label="zoom in"),
    _day("zoom-out", "-", "Zoom out", "Go from the day to the month, or from the month to the year."),
    _day("begin-range", "v, V", "Range", "Start a range at the cursor; again: cancel it.", label="range"),
    _day("whole-week", "w", "Whole weeks",
         "Select the week, or extend the range to whole weeks; again: days.",
         label="week"),
    _day("whole-month", "m", "Whole months", "Select the month, or extend the range to whole months.",
         label="month"),
    _day("whole-year", "y", "Whole years", "Select the year, or extend the range to whole years."),
    _day("other-layer", "n", "Articles or annotations",
         "Count articles by the day they appeared, or annotations by the day they were made.",
         label="notes"),
)  # fmt: skip
