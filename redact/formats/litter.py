"""What systems, synchronisers and programs leave beside people's files: no transcript is in it."""

from __future__ import annotations

import re

_LEFT_BEHIND = re.compile(
    # of systems
    r"\.ds_store|\._.*|\.localized|icon\r|\.spotlight-v100|\.trashes|\.trash(?:-\d+)?|"
    r"\.fseventsd|\.temporaryitems|\.appledouble|\.documentrevisions-v100|__macosx|"
    r"(?:eh)?thumbs(?:_vista)?\.db|desktop\.ini|autorun\.inf|\$recycle\.bin|#recycle|"
    r"system volume information|lost\+found|found\.\d{3}|\.directory|@eadir|@tmp|"
    r"\.nfs[0-9a-f]+|\.fuse_hidden.*|"
    # of programs that have a document open
    r"\.~lock\..*#|~\$.*|~wr[a-z]\d{4}\.tmp|~.*\.dwl2?|"
    # of synchronisers
    r"\.stfolder.*|\.stignore|\.stversions|\.syncthing\..*\.tmp|~syncthing~.*\.tmp|"
    r"\.dropbox(?:\.attr|\.cache)?|\.sync|\._?sync_.*\.db.*|\.(?:owncloud|nextcloud)sync\.log|"
    r"\.tmp\.drive(?:down|up)load|\.goutputstream-.*",
    re.IGNORECASE | re.DOTALL,
)


def is_passed_over(name: str) -> bool:
    """Whether a system or a program leaves a file of this name everywhere; none holds words."""
    return _LEFT_BEHIND.fullmatch(name) is not None
