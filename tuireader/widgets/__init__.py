"""Widgets: they show values of the library and post messages about user actions."""
