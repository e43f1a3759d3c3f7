"""One module a format; ``library.importing.registry`` has an entry for each."""
