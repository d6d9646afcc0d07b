"""A turn from Message to Reply: session, directives, the Rasa client and supervisor.
Imported by channels and the command line; imports the domain packages, which know nothing of it."""
