"""The filter bar: the line in which a query is typed, with completion and history."""
