"""age v1 files: a small, strict reader and writer (C2SP age specification).

Use `encrypt` with the recipients of one kind and `decrypt` with the identities
one holds. Recipients: `HybridRecipient` (MLKEM768-X25519, the default of the
project: names must stay secret for decades), `X25519Recipient` (for tools that
cannot do post-quantum yet), `SshRecipient` (ssh-ed25519, not post-quantum either)
and `PassphraseRecipient` (scrypt). Other SSH keys and plugins are not supported.

Not promised: age does not authenticate the sender. Who knows a public
recipient can write a file for it, so every linkage key also has a signed note.

The plaintext is released only after the last chunk has been checked.
"""

from redact.custody.age.file import Identity, Recipient, decrypt, encrypt
from redact.custody.age.header import AgeError
from redact.custody.age.hybrid import HybridIdentity, HybridRecipient
from redact.custody.age.passphrase import PassphraseIdentity, PassphraseRecipient
from redact.custody.age.ssh import SshIdentity, SshRecipient
from redact.custody.age.x25519 import X25519Identity, X25519Recipient

__all__ = [
    "AgeError",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "PassphraseIdentity",
    "PassphraseRecipient",
    "Recipient",
    "SshIdentity",
    "SshRecipient",
    "X25519Identity",
    "X25519Recipient",
    "decrypt",
    "encrypt",
]
