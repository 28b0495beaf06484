"""The screen that searches as you type."""
