"""What the bot remembers: models, queries, transactions, migrations, the outbox, the history.

Functions here take the session first and never commit; they return rows or None. Nothing here knows Slack, a document
format, or a sentence for a person.
"""
