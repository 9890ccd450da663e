"""A local Slack: people, channels, Web API and Socket Mode, for trying the bot and for tests.

The bot does not know that it is not Slack: the same app talks over the same sockets, and only
`SLACK_API_URL` differs. `workspace.Workspace` is the way in, `chat.run_chat` the way to try it.

What differs from Slack:

- Events wait while no connection is open; Slack starts counting its retries at once.
- A connection holds at most 64 unacknowledged payloads (see `courier`).
- Block types, fields and methods that are not listed here are refused, also where Slack has more.
- Rate limits are enforced on request only, a few messages in a row into a channel pass.
- Blocks get no `block_id` of the workspace's own, links are never unfurled, there are no files.
"""
