"""Keeping a library whole: ``doctor`` examines and repairs, ``backup`` writes and restores whole libraries.

``rolling`` keeps previous catalogues, ``deleting`` is the only place where an article is deleted for good.
"""
