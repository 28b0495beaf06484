"""The screen that searches as one types."""
