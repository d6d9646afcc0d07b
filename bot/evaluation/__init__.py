"""How well the assistant does on sentences that it was never trained on: understanding and replies within a check.
Imports the conversation; the command line imports it, and nothing else does."""
