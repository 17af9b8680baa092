"""What the bot does: one module a topic, when a person speaks or the clock does; reports and their shapes.

Listeners are plain functions; transactions belong to them; to say no they raise a refusal. Nothing here opens a
connection, reads the environment or starts a thread. `register` is the table of contents of the bot.
"""
