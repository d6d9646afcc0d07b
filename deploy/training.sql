-- Training progress has a database of its own. PostgreSQL runs this once, when its volume is empty.
CREATE DATABASE sharewell_training;
