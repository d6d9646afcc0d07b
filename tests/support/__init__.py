"""What several test folders share: a real Rasa, drivers of the real channels, and scripts that run on each."""
