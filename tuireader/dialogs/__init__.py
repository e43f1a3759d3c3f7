"""Small screens in a frame that ask one thing: a name, a choice, yes or no."""
