"""The command line: a line at the bottom that takes the name of a command, and its argument."""
