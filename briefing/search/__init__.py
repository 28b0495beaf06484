"""Full-text search over passages: the index, the query language, and ranked results."""
