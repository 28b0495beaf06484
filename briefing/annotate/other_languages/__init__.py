"""What is read in articles and paragraphs that are not in English."""
