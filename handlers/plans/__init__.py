"""Plans: `/ptf plan` (`feuille-de-route`): roadmaps, action plans, the SCAP, work programmes; one mechanism for all.

`words` are the states and kinds in words, `plan`, `line`, `measure` and `money` describe the five kinds of records;
`tree` shows a plan whole, `frozen` validates a period and shows it as it was, `budget` sums up, `reporting` is what a
responsible institution says of its line, `serving` ties decisions, actions and updates to a line, `chain` reads it both
ways, `carrying` lets open lines go on in the next year, `owing` reminds.
"""
