"""The parts that screens are made of; each knows its own data and posts messages upwards."""
