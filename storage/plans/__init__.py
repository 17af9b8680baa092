"""Plans: the yearly roadmap, action plans, the SCAP, work programmes of the PTF and of the pool (DOMAIN.md 6 and 8).

`rows` are plans and their lines in a tree, `measured` the values of an indicator over time, `money` budgets and rates,
`frozen` a period's state as it was validated, `carrying` what goes on in the year that follows,
`serving` the decisions, actions and updates that serve a line.
"""

from __future__ import annotations
