"""How a library lies on the disk: the TinyDB catalogue, the article files, the history of changes."""

from library.store.database import CatalogDatabase, CatalogTable, open_database

__all__ = ["CatalogDatabase", "CatalogTable", "open_database"]
