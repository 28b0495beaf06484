"""YAML to model and back: the only layer that knows how a library is stored on disk.

Import from the modules; `naming` and `files` load no YAML.
"""
