"""The reader of an article, in a panel and on a page of its own."""
