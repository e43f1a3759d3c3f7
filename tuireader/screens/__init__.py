"""What the screens share: keys that become commands, keys in turn, the views over the panes."""
