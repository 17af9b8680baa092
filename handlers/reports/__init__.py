"""What is told, and how it looks: `report` is the neutral value that topics compose, the others shape it.

A renderer is a pure function of a report and a speaker; it knows neither a database nor a client, and escapes what
people wrote for its own medium. Composing a report is the topics' work and does not live here.
"""
