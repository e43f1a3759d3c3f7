"""Tags: families, renaming, colours, rules and suggestions."""
