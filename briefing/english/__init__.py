"""What a sentence of English is: marks, sentences, tokens, word classes, names, phrases, frames."""
