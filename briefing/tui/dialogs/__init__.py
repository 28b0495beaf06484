"""The screens laid over others: export and help."""
