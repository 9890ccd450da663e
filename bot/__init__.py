"""People: the command line, Slack, and a local workspace to try it in."""
