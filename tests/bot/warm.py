"""What a bot imports sooner or later: loaded once in the process from which those of the tests are forked."""

from importlib import import_module

import handlers

for name in (
    "alembic.command",
    "bot.cli",
    "bot.desk",
    "bot.doctor",
    "bot.serving",
    "bot.web",
    "bot.working",
    "gunicorn.app.base",
    "openpyxl",
    "storage.models",
):
    import_module(name)
handlers.topics()
