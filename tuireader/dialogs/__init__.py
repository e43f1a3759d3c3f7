"""Dialogs: small framed screens that ask for a name, a choice, or yes or no."""
