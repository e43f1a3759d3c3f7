"""The bases of screens: commands from keys, the key queue, and views over the panes."""
