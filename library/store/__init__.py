"""The store: the TinyDB catalogue, the article files and the history on the disk."""

from library.store.database import CatalogDatabase, CatalogTable, open_database

__all__ = ["CatalogDatabase", "CatalogTable", "open_database"]
