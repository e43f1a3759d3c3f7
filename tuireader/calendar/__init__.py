"""The calendar, and the timeline above the list: the number of articles on each day."""
