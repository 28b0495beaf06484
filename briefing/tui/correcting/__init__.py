"""Corrections: the line they are typed in, and the screens that take them."""
