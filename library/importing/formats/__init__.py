"""Import formats, one module each. ``library.importing.registry`` has an entry for each."""
