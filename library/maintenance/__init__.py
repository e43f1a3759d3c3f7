"""Maintenance: ``doctor`` checks and repairs a library, ``backup`` saves and restores it.

``rolling_backups`` keeps previous catalogues. Only ``deletion`` deletes articles for good.
"""
