"""Export formats, one module each. ``library.exporting.registry`` has an entry for each."""
