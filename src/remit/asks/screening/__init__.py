"""Personal data are taken out of what people write before it is kept.

What is kept is what is known to be no person: English words and Remit's own vocabulary. A word
with a capital letter that is neither goes; words that are names too go by their context, numbers
and addresses by their form or their label.
"""

from remit.asks.screening.patterns import NAME
from remit.asks.screening.redactor import Redacted, Redactor

__all__ = ["NAME", "Redacted", "Redactor"]
