"""From bytes to blocks of text, a module a format."""
