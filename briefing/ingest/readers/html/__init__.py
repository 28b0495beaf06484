"""From a saved web page to its story."""
