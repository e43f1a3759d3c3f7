"""Maintenance: ``doctor`` checks and repairs a library, ``backup`` saves and restores it.

``rolling`` keeps previous catalogues, ``deleting`` is the only place where an article is deleted for good.
"""
