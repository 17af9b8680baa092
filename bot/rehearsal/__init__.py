"""A local stand-in for Slack, strict where Slack is strict, and the page through which it is tried out.

Web API, Socket Mode, signed HTTP deliveries, files and response URLs on 127.0.0.1. It is Slack: it knows nothing of the
bot, and imports neither handlers nor storage. The tests of the bot and `ptf-bot rehearse` both speak through it.
"""
