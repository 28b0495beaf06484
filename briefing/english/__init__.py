"""The grammar of English news: marks, sentences, words, names, phrases and frames of speech."""
