"""The filter bar: the line for typing a query, with completion and history."""
