"""Accounts, dated memberships of organisations with a role, and local agreements."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from remit.web.access.roles import ROLES


class AccountManager(BaseUserManager):
    """Makes accounts."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The account of an address, in whatever letters it is written."""
        return self.get(email__iexact=username)

    def make(self, email: str, name: str, password: str | None = None) -> Account:
        """Make an account; without a password it can only sign in from outside."""
        account: Account = self.model(email=email.strip().lower(), name=name.strip())
        account.set_password(password)
        account.full_clean(exclude=["password"])
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who may sign in; what they may do stands in their memberships alone."""

    NO_TENANTS = "a person belongs to organisations by memberships, which say to which"
    NOT_AUDITED = "each sign-in writes it; what a person may do stands in memberships, audited"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Two addresses that differ in capitals are one."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(models.functions.Lower("email"), name="one_account_an_address")
        ]

    def __str__(self) -> str:
        return str(self.name)


class AccountMembership(models.Model):
    """That a person belongs to an organisation in a role, from a day until before another."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "access"

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    organisation = models.CharField(max_length=20, db_index=True)
    role = models.CharField(max_length=20, choices=[(one.key, one.name) for one in ROLES])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    """The first day on which it holds no longer."""
    by_group = models.CharField(max_length=200, blank=True, default="")
    """The group of the organisation's sign-in that brought it; blank where a person gave it."""

    class Meta:
        """A membership does not end before it begins."""

        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role} at {self.organisation}"

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


class SharingAgreement(models.Model):
    """What two organisations agreed: that one may, or may not, see the records of the other."""

    TENANTS = ("seer", "seen")
    AUDITED = True
    RETENTION = "access"

    title = models.CharField(max_length=200)
    seer = models.CharField(max_length=20)
    seen = models.CharField(max_length=20)
    sees = models.BooleanField()
    """True widens what the map of remits gives, False narrows it."""
    source = models.CharField(max_length=500)
    """The document in which it stands."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.title)

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


class ApiToken(models.Model):
    """By which a program acts for a person; the token itself is kept nowhere, but its digest."""

    NO_TENANTS = "it is its person's own, and reaches what their memberships reach"
    NOT_AUDITED = "each use writes it; what is done by it is audited as its person's, and says so"

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    """What it is for, as the person calls it."""
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    organisation = models.CharField(max_length=20, blank=True, default="")
    """The only organisation that it reaches; blank for all that its person reaches."""
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField()
    """The first day on which it opens nothing."""
    ended_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.name)

    def holds(self, on: date) -> bool:
        """Whether it opens anything on a day."""
        return self.ended_at is None and on < self.ends_on and bool(self.account.is_active)


class SessionMark(models.Model):
    """By which a form is known to come from a session of somebody, also when that has ended.

    It is the digest of the secret that the forms of a session carry against forgery. Whoever knows
    the secret was given a page of that session; a page of another site cannot know it.
    """

    NO_TENANTS = "it is its person's own, and opens nothing"
    NOT_AUDITED = "each sign-in writes it; it changes no record of anybody"

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="session_marks")
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.made_at}"


class KeptForm(models.Model):
    """What somebody had typed when their session ended; for them alone, and for a day."""

    NO_TENANTS = "it is its person's own, and is shown to nobody else"
    NOT_AUDITED = "nothing of it is a record until its person sends it again, and that is audited"

    digest = models.CharField(max_length=64, primary_key=True)
    """Of the cookie in the browser that sent it: without the cookie it is not found."""
    account = models.ForeignKey(Account, models.CASCADE, related_name="kept_forms")
    sealed = models.BinaryField()
    """Encrypted by a key that is made of the cookie and the instance's key."""
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kept_at}"


class MailChoice(models.Model):
    """How often somebody wants mail of what waits; without a row, never."""

    NO_TENANTS = "it is its person's own, and is shown to nobody else"
    NOT_AUDITED = "it changes no record of anybody, and nothing that somebody may see"

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="mail_choice"
    )
    how_often = models.CharField(max_length=10)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.how_often}"


class MailSent(models.Model):
    """That the mail of a day went to somebody, or what else came of it; of its words nothing."""

    NO_TENANTS = "it is its person's own, and says nothing of a record"
    NOT_AUDITED = "sending a mail changes no record; what was read stands nowhere"

    account = models.ForeignKey(Account, models.CASCADE, related_name="mails")
    day = models.DateField()
    state = models.CharField(max_length=10)
    """``begun`` before it is sent, then ``sent``, ``nothing`` to say, ``failed``, ``unknown``."""
    until = models.DateTimeField()
    """Up to when it tells what moved."""
    attempts = models.PositiveIntegerField()
    said = models.CharField(max_length=300, blank=True, default="")
    """What the server said when it did not take it."""

    class Meta:
        """One mail a day: two runs at the same moment send it once."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["account", "day"], name="one_mail_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.day} {self.state}"
