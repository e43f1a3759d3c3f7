"""The article list, which draws only visible rows."""
