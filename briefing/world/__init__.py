"""What countries, outlets, institutions and office holders are called."""
