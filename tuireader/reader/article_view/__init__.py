"""What is done with the article that is shown."""
