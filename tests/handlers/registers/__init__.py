"""Registers brought in: rows as people write them, found or created, refused with a reason, never doubled."""
