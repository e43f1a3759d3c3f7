"""Dates to look at: counts by day, the grids of a calendar, what is chosen in it, all as frozen values."""
