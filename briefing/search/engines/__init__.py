"""The engine that stores the index and answers resolved queries; only this room knows Whoosh."""
