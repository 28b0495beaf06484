"""The app in a browser: a small server on this machine, and a process of the app for each tab."""
