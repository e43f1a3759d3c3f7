"""Stories: groups of near-duplicate articles, shown in one row."""
