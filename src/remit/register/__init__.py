"""The register: which organisations exist, and who belongs to whom, on a day.

Public names: :func:`load_register` reads the declarations, :class:`Register` answers,
:func:`remit.register.card.card` puts together what is known of one organisation.
"""

from remit.register.load import load_register
from remit.register.register import Register

__all__ = ["Register", "load_register"]
