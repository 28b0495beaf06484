"""Which outlets and documents an article names as its sources."""
