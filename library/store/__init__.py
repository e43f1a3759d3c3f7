"""The store: the TinyDB catalogue, the article files and the history on the disk."""
