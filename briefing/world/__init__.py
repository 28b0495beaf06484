"""What countries and outlets are called."""
