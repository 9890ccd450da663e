"""The desk: what a command, a press, a shortcut, a submission or an opened home does."""
