"""Notes: their editor, their drafts, and the commands that write them."""
