"""What countries say or do about a question."""
