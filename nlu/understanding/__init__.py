"""What the sealed Rasa project adds to Rasa: its components, its connector, training and serving.
Runs in nlu/.venv only. May import Rasa and nothing of the application; the application never imports it."""
