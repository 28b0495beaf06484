"""The screen that shows two countries or two sources side by side."""
