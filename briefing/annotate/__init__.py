"""Text -> annotations: pure functions that name the rule behind every judgement.

`pipeline.annotate` runs them all; the modules beside it hold one kind of annotation each.
"""
