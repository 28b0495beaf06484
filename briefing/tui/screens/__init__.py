"""The screens: what is chosen lives here, and is pushed down to widgets."""
