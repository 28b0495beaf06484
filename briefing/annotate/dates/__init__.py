"""Which dates a text states, and how precisely."""
