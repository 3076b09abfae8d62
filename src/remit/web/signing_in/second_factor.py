"""Setting up a second factor: the code that was typed for it opens nothing a second time."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import encrypt


class FirstCodeForm(ActivateTOTPForm):
    """The library notes a code as used when somebody signs in with it, and not here."""

    def clean_code(self) -> str:
        """The code, which is used up from now on."""
        code: str = super().clean_code()
        coming = Authenticator(user=self.user, data={"secret": encrypt(self.secret)})
        TOTP(coming).validate_code(code)
        return code
