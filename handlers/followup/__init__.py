"""What follows from a decision, below the topics that speak of it: decisions, actions, reminders.

`decision_cards` and `action_cards` are how both look, `carriers` says who is asked for an action, `births` lets actions
be born of a decision, follow it and settle it. No listener lives here.
"""
