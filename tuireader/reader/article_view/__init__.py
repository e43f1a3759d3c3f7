"""The behaviour of the article view: loading, moving, finding, pictures."""
