"""What people write, as tables: asks, their meetings, decisions, actions, frictions and risks.

An ask may be taken out while a decision, an action or a friction still names it: those relations
hold the identifier without a constraint of the database, and mean the ask again if it comes back.

Each model declares by which paths it reaches its organisations (``TENANTS``), or why it has none
(``NO_TENANTS``); whether a server's audit keeps each change of it (``AUDITED``), or why not
(``NOT_AUDITED``); and by its class how long it is kept (``RETENTION``). In a register that commands
alone write, columns of organisations may be blank.
"""

from __future__ import annotations

from django.db import models


class Register(models.Model):
    """The one row by which a file is known as a register."""

    NO_TENANTS = "it is the mark of the file and holds no record of anybody"
    NOT_AUDITED = "the mark and the secret of the file itself; no person writes it"

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

    NO_TENANTS = "a counter, which says nothing of what it numbers"
    NOT_AUDITED = "a counter; what it numbers is audited"

    prefix = models.TextField(primary_key=True)
    last = models.BigIntegerField()


class Import(models.Model):
    """A file that was taken in, with the account of its rows."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "ask"

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
    organisation = models.TextField(null=True, db_index=True)
    """Whose file it was, by its code."""


class Rejection(models.Model):
    """A row of a file that was not taken in, with its place and the reason."""

    TENANTS = ("brought_by__organisation",)
    NOT_AUDITED = "written once with its import, whose entry counts it"

    brought_by = models.ForeignKey(Import, models.CASCADE, related_name="rejections")
    file = models.TextField()
    line = models.BigIntegerField(null=True)
    column = models.TextField(null=True)
    value = models.TextField(null=True)
    reason = models.TextField()


class Mapping(models.Model):
    """What the headings of a list mean, as somebody confirmed it."""

    NO_TENANTS = "what headings mean is the same for everybody"
    AUDITED = True
    RETENTION = "ask"

    fingerprint = models.TextField(primary_key=True)
    columns = models.TextField()
    kept_at = models.DateTimeField()


class Ask(models.Model):
    """One demand on an organisation."""

    TENANTS = ("to_org_code", "from_org_code")
    AUDITED = True
    RETENTION = "ask"

    ask_id = models.TextField(primary_key=True)
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    from_body = models.TextField(null=True)
    from_team = models.TextField(null=True)
    from_org_code = models.TextField(null=True, db_index=True)
    """Who asks, by its code, where it has one that the register of organisations knows."""
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

    TENANTS = ("ask__to_org_code", "ask__from_org_code")
    NOT_AUDITED = "it is itself the history of a register that no server keeps"

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="changes")
    field = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    changed_at = models.DateTimeField()


class Meeting(models.Model):
    """One meeting of an imported calendar."""

    TENANTS = ("to_org_code",)
    AUDITED = True
    RETENTION = "meeting"

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

    TENANTS = ("named__ask__to_org_code", "named__ask__from_org_code")
    AUDITED = True
    RETENTION = "ask"

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

    TENANTS = ("ask__to_org_code", "ask__from_org_code")
    AUDITED = True
    RETENTION = "ask"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="named")
    place = models.BigIntegerField()
    ask = models.ForeignKey(Ask, models.DO_NOTHING, db_constraint=False, related_name="decisions")


class Action(models.Model):
    """What a conversation led to: whose it is, by when, and when it was done."""

    TENANTS = ("organisation", "ask__to_org_code", "ask__from_org_code")
    AUDITED = True
    RETENTION = "action"

    action_id = models.TextField(primary_key=True)
    ask = models.ForeignKey(
        Ask, models.DO_NOTHING, db_constraint=False, null=True, related_name="actions"
    )
    conversation = models.TextField(null=True)
    """A meeting in words, where it was no ask."""
    held_on = models.DateField(null=True)
    from_conversation = models.TextField(null=True, db_index=True)
    """A conversation of which the server keeps the agenda, by its identifier."""
    organisation = models.TextField(null=True, db_index=True)
    """Whose action it is, by its code; the owner is a role there."""
    what = models.TextField()
    owner = models.TextField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)


class Friction(models.Model):
    """A disagreement between bodies."""

    TENANTS = ("organisation", "bodies__organisation", "escalated_to")
    AUDITED = True
    RETENTION = "action"

    friction_id = models.TextField(primary_key=True)
    what = models.TextField()
    raised_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_how = models.TextField(null=True)
    organisation = models.TextField(null=True, db_index=True)
    """Who raised it, by its code."""
    escalated_on = models.DateField(null=True)
    escalated_to = models.TextField(null=True)
    """To whom it was taken, by its code."""


class FrictionBody(models.Model):
    """A body that has a part in a friction."""

    TENANTS = ("friction__organisation", "friction__bodies__organisation", "friction__escalated_to")
    AUDITED = True
    RETENTION = "action"

    friction = models.ForeignKey(Friction, models.CASCADE, related_name="bodies")
    place = models.BigIntegerField()
    body = models.TextField()
    organisation = models.TextField(null=True, db_index=True)
    """Its code, where it has one."""


class FrictionAsk(models.Model):
    """An ask that a friction is about."""

    TENANTS = ("friction__organisation", "friction__bodies__organisation", "friction__escalated_to")
    AUDITED = True
    RETENTION = "action"

    friction = models.ForeignKey(Friction, models.CASCADE, related_name="named")
    place = models.BigIntegerField()
    ask = models.ForeignKey(Ask, models.DO_NOTHING, db_constraint=False, related_name="frictions")


class Risk(models.Model):
    """A risk that crosses organisations, with its one holder."""

    TENANTS = ("organisation", "shares__organisation")
    AUDITED = True
    RETENTION = "action"

    risk_id = models.TextField(primary_key=True)
    title = models.TextField()
    what = models.TextField()
    holder = models.TextField()
    raised_on = models.DateField()
    review_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    organisation = models.TextField(null=True, db_index=True)
    """The holder, by its code."""
    score_before = models.BigIntegerField(null=True)
    """Likelihood times impact, 1 to 25, before what is done against it."""
    score_after = models.BigIntegerField(null=True)


class RiskShare(models.Model):
    """One organisation's part in a risk."""

    TENANTS = ("risk__organisation", "risk__shares__organisation")
    AUDITED = True
    RETENTION = "action"

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="shares")
    place = models.BigIntegerField()
    organisation = models.TextField()
    share = models.TextField()
    percent = models.FloatField(null=True)
    mitigation = models.TextField()


class AcceptedWord(models.Model):
    """A kept word that looks like a name, and that a person has found to be none."""

    NO_TENANTS = "a word that is no name is none for everybody"
    AUDITED = True
    RETENTION = "ask"

    word = models.TextField(unique=True)
    """In small letters."""
    accepted_at = models.DateTimeField()


class LearntName(models.Model):
    """Words of a decided ask that may be a spoken name of what answers it; a row for each ask."""

    TENANTS = ("ask__to_org_code", "ask__from_org_code")
    AUDITED = True
    RETENTION = "ask"

    number = models.BigIntegerField(db_index=True)
    """One for all rows of the same words and entry."""
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="names")
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="names")
    entry = models.TextField()
    """Its identifier in the catalogue of what is published."""
    words = models.TextField(db_index=True)
    """In small letters, screened; no sentence."""
    state = models.TextField(default="proposed")
    """Whether a person has accepted or declined it."""
    settled_on = models.DateField(null=True)


class LearntThreshold(models.Model):
    """From what likelihood on a match counts, as this register's decisions say."""

    NO_TENANTS = "fitted on the decisions of all; it names none"
    AUDITED = True
    RETENTION = "ask"

    number = models.BigIntegerField(primary_key=True)
    name = models.TextField(unique=True)
    value = models.FloatField()
    shipped = models.FloatField()
    """What it was fitted against; where Remit comes with another by now, it lapses."""
    decisions = models.BigIntegerField()
    before = models.FloatField()
    after = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    fitted_on = models.DateField()
