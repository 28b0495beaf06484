"""What a line looks like: a credit, a date, an outlet, an address."""
