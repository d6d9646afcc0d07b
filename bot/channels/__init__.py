"""Channels turn what they receive into a Message and a Reply into what they can show; they know nothing of guidance.
Imported by the command line only; each channel imports bot.conversation, and none imports another."""
