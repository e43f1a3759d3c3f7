"""Notes, highlights, passage bookmarks and jump marks, and the passages they belong to."""
