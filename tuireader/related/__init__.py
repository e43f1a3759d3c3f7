"""Related articles: near-duplicates, articles on similar subjects, and a timeline of both."""
