"""A local Slack: people, channels, Web API, Socket Mode or signed HTTP, and a page in the browser.

The bot does not know that it is not Slack: the same app talks over the same sockets, and only
`SLACK_API_URL` differs. `workspace.Workspace` is the way in. A person tries it on the page
(`page_server`) or in the terminal (`chat.run_chat`).

What differs from Slack:

- Events wait while no connection is open; Slack starts counting its retries at once.
- A connection holds at most 64 unacknowledged payloads (see `courier`).
- Block types, fields and methods that are not listed here are refused, also where Slack has more.
- Rate limits are the ones that Slack names, and a few messages in a row into a channel pass; tests
  are spared them unless they ask.
- A `markdown` block stays one; Slack translates it into others. Tasks and plans of a stream are
  accepted and not shown.
- Links are never unfurled, there are no files, and only message shortcuts.
- Words for admins in a command's usage hint stand after `admin:`; Slack knows no such thing.
"""
