"""Words -> passages: the index over Whoosh, the query language, and the catalog beside it."""
