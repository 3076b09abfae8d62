"""What people write, as tables: asks, their meetings, decisions, actions, frictions and risks.

An ask may be taken out while a decision, an action or a friction still names it: those relations
hold the identifier without a constraint of the database, and mean the ask again if it comes back.
"""

from __future__ import annotations

from django.db import models


class Register(models.Model):
    """The one row by which a file is known as a register."""

    made_at = models.DateTimeField()
    secret = models.TextField()
    """Keys and identifiers are sealed with it: exported ones cannot be tried against guesses."""
    wipe_due = models.BooleanField(default=False)
    """Something was taken out whose bytes may still stand in the file."""
    stamp = models.TextField(null=True)
    """Another with each change: by it two states of the register are told apart."""
    log = models.TextField(null=True)
    """Of the log beside the file: its mark, and the stamps that stood before each change in it."""


class Numbering(models.Model):
    """The last number that was given to a kind of entry, so that none is used again."""

    prefix = models.TextField(primary_key=True)
    last = models.BigIntegerField()


class Import(models.Model):
    """A file that was taken in, with the account of its rows."""

    number = models.BigIntegerField(primary_key=True)
    file_name = models.TextField()
    sha256 = models.TextField(db_index=True)
    kind = models.TextField()
    rows_read = models.BigIntegerField()
    accepted = models.BigIntegerField()
    repeated = models.BigIntegerField()
    rejected = models.BigIntegerField()
    meetings = models.BigIntegerField()
    imported_at = models.DateTimeField()


class Rejection(models.Model):
    """A row of a file that was not taken in, with its place and the reason."""

    brought_by = models.ForeignKey(Import, models.CASCADE, related_name="rejections")
    file = models.TextField()
    line = models.BigIntegerField(null=True)
    column = models.TextField(null=True)
    value = models.TextField(null=True)
    reason = models.TextField()


class Mapping(models.Model):
    """What the headings of a list mean, as somebody confirmed it."""

    fingerprint = models.TextField(primary_key=True)
    columns = models.TextField()
    kept_at = models.DateTimeField()


class Ask(models.Model):
    """One demand on an organisation."""

    ask_id = models.TextField(primary_key=True)
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    from_body = models.TextField(null=True)
    from_team = models.TextField(null=True)
    to_org_code = models.TextField(null=True, db_index=True)
    to_org_name = models.TextField(null=True)
    channel = models.TextField(null=True)
    title = models.TextField(null=True)
    text = models.TextField(null=True)
    """The screened words in sorted order; the screened text where the original is kept."""
    facets = models.TextField(null=True)
    """What was read from the text as it came, as JSON."""
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    frequency = models.TextField(null=True)
    hours_estimate = models.FloatField(null=True)
    source = models.TextField(null=True)
    source_row = models.BigIntegerField(null=True)
    brought_by = models.ForeignKey(Import, models.CASCADE, null=True, related_name="asks")
    """None for an ask that was typed in."""
    key = models.TextField(unique=True)
    """By which the ask is known again when it comes once more."""
    thread = models.TextField(null=True)
    follow_up = models.BooleanField(default=False)
    attachments = models.BigIntegerField(default=0)
    removed = models.BigIntegerField(default=0)
    original = models.TextField(null=True)
    passed_on_by = models.TextField(null=True)
    """Who passed the ask on from its asker, as bodies."""
    due_said = models.TextField(null=True)
    """The words of a day due that fix none, screened; ``due_on`` is blank then."""
    status = models.TextField(default="open")
    closed_on = models.DateField(null=True)
    answer = models.TextField(null=True)


class Change(models.Model):
    """A field of an ask that somebody changed, and what stood there before."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="changes")
    field = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    changed_at = models.DateTimeField()


class Meeting(models.Model):
    """One meeting of an imported calendar."""

    key = models.TextField(db_index=True)
    brought_by = models.ForeignKey(Import, models.CASCADE, related_name="kept_meetings")
    to_org_code = models.TextField()
    day = models.DateField()
    starts_at = models.TextField()
    series = models.TextField()
    body = models.TextField(null=True)
    is_oversight = models.BooleanField()
    minutes = models.FloatField()
    attendees = models.BigIntegerField()
    own_attendees = models.BigIntegerField()
    minutes_today = models.BigIntegerField()
    minutes_tomorrow = models.BigIntegerField()
    title = models.TextField(null=True)
    why = models.TextField(null=True)
    replaced_by = models.ForeignKey(
        Import, models.SET_NULL, null=True, related_name="replaced_meetings"
    )
    """The import that brought a newer version; undone, this one stands again."""


class Decision(models.Model):
    """What somebody decided about asks; of two on a pair, or on one ask, the later holds."""

    number = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    relation = models.TextField()
    decided_by = models.TextField(null=True)
    decided_on = models.DateField(null=True)
    note = models.TextField(null=True)
    publication = models.TextField(null=True)
    """What answers the ask, by its identifier in the catalogue; of the kind ``answered``."""
    coverage = models.TextField(null=True)
    """Whether it does so whole or in part."""


class DecisionAsk(models.Model):
    """An ask that a decision names."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="named")
    place = models.BigIntegerField()
    ask = models.ForeignKey(Ask, models.DO_NOTHING, db_constraint=False, related_name="decisions")


class Action(models.Model):
    """What a conversation led to: whose it is, by when, and when it was done."""

    action_id = models.TextField(primary_key=True)
    ask = models.ForeignKey(
        Ask, models.DO_NOTHING, db_constraint=False, null=True, related_name="actions"
    )
    conversation = models.TextField(null=True)
    """A meeting in words, where it was no ask."""
    held_on = models.DateField(null=True)
    what = models.TextField()
    owner = models.TextField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)


class Friction(models.Model):
    """A disagreement between bodies."""

    friction_id = models.TextField(primary_key=True)
    what = models.TextField()
    raised_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_how = models.TextField(null=True)


class FrictionBody(models.Model):
    """A body that has a part in a friction."""

    friction = models.ForeignKey(Friction, models.CASCADE, related_name="bodies")
    place = models.BigIntegerField()
    body = models.TextField()


class FrictionAsk(models.Model):
    """An ask that a friction is about."""

    friction = models.ForeignKey(Friction, models.CASCADE, related_name="named")
    place = models.BigIntegerField()
    ask = models.ForeignKey(Ask, models.DO_NOTHING, db_constraint=False, related_name="frictions")


class Risk(models.Model):
    """A risk that crosses organisations, with its one holder."""

    risk_id = models.TextField(primary_key=True)
    title = models.TextField()
    what = models.TextField()
    holder = models.TextField()
    raised_on = models.DateField()
    review_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)


class RiskShare(models.Model):
    """One organisation's part in a risk."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="shares")
    place = models.BigIntegerField()
    organisation = models.TextField()
    share = models.TextField()
    percent = models.FloatField(null=True)
    mitigation = models.TextField()


class AcceptedWord(models.Model):
    """A kept word that looks like a name, and that a person has found to be none."""

    word = models.TextField(unique=True)
    """In small letters."""
    accepted_at = models.DateTimeField()
