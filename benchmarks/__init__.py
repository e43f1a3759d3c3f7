"""Measurements behind the claims of the README; each is a ratio to a peer measured in the same run."""
