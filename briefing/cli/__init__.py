"""The command line: a command a job, and its answers in plain lines."""
