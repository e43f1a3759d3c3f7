"""Search: runs queries over the articles and orders the results."""
