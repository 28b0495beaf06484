"""What is reported without quotation marks: speech, thought and attitudes."""
