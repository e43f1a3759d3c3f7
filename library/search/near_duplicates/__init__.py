"""Near-duplicates: fingerprints of texts, stored in ``search.db``, and the stories they form."""
