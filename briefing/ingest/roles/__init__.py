"""What a block is for: body, heading, caption, or nothing to read."""
