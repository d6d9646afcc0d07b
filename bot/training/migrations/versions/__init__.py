"""One module for each release of the schema. What was released is never edited."""
