"""The policy: a file that says what is looked for, what becomes of it, and who must look.

`sections.py` has what it may say, `files.py` finds and reads it, `extending.py` puts in what it
takes from another.
"""

from redact.policy.files import find_policy as find_policy
from redact.policy.files import load_policy as load_policy
from redact.policy.files import parse_policy as parse_policy
from redact.policy.files import policy_digest as policy_digest
from redact.policy.files import policy_folder as policy_folder
from redact.policy.files import shipped_names as shipped_names
from redact.policy.sections import DEFAULT_MODEL as DEFAULT_MODEL
from redact.policy.sections import Actions as Actions
from redact.policy.sections import Detect as Detect
from redact.policy.sections import Handling as Handling
from redact.policy.sections import Hidden as Hidden
from redact.policy.sections import Keep as Keep
from redact.policy.sections import Policy as Policy
from redact.policy.sections import Risk as Risk
