"""Imports articles inside the reader: the dialog, the job and its report."""
