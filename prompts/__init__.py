"""Words for a chat model, one text file a prompt."""
