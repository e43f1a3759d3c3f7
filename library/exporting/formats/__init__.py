"""One module a format; ``library.exporting.registry`` has an entry for each."""
