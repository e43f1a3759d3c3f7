"""Measurements behind what the README says; every figure is a ratio against a peer in the same run."""
