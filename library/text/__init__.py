"""Text from outside: made safe, measured and understood."""
