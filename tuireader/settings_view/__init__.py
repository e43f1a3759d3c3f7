"""The settings view: all settings with their values, to be changed."""
