"""The line in which a query is typed: completion, history, and what is carried out meanwhile."""
