"""Where answers come from: a model in this process, or a server."""
