"""Tags: the tags view, and the tags of articles."""
