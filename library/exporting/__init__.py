"""Exports articles in the formats of the registry."""
