"""Makes the table of weights of the gate from the development messages: `python -m bot.privacy.building`.
Run by people who change the gate, never by the application; may import bot.privacy alone."""
