-- The accounts of staff have a database of their own. PostgreSQL runs this once, when its volume is empty.
CREATE DATABASE sharewell_accounts;
