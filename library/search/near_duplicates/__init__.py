"""Near-duplicates: fingerprints of texts, kept in ``search.db``, and the stories that they make."""
