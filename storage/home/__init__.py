"""What the Home tab shows, read in three queries however many groups and records there are.

`frame`: the settings and everything there is one of. `groups`: each group with who coordinates it, its last word, and
whether its update is given. `owed`: what is still to be done, sorted into `Part`s, the most urgent of each.
"""

from storage.home.dues import Due, Dues, Part, owed
from storage.home.frame import Frame, Posted, Seen, frame, groups
from storage.home.reader import Reader

__all__ = ["Due", "Dues", "Frame", "Part", "Posted", "Reader", "Seen", "frame", "groups", "owed"]
