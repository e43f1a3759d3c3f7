"""The filter bar of the main screen."""
