"""The fields of an article as texts give them: headline, byline, dates, front matter."""
