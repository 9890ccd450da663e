"""Writing: a chat model's sentences about frozen quotations, each checked before it is posted."""
