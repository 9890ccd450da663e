"""A local Slack: Web API, Socket Mode and a chat to try the bot in."""
