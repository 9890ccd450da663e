"""The Slack edge: events in, one message out."""
