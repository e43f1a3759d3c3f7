"""The calendar, and the timeline above the list: how many articles appeared on each day."""
