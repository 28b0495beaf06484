"""What all screens are drawn with: lines, bars, inks, words and messages."""
