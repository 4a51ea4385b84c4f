"""Accounts and what keeps them: sessions, tokens, one-time links, letters to be sent, the audit.

None of this is published, exported or kept in a revision. An e-mail address stands in `account` only; secrets are
kept as their SHA-256, so that a copy of the database opens nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.cooperation import Side
from service.models.fields import Check, Choice, Choices, ChoiceSet, Email, Line, Whole
from service.models.record import Record


class Role(Choices):
    """What somebody is to the directory; `service.editing.policy` says what each may do."""

    ADMINISTRATOR = "administrator", "Runs the directory: accounts, redactions, and all that an editor may."
    EDITOR = "editor", "Keeps every record, and decides about what others propose."
    REVIEWER = "reviewer", "Decides about what others propose."
    REPRESENTATIVE = "representative", "Speaks for one or more organisations."
    ANALYST = "analyst", "Reads tie levels and measures that are not public."


class Scope(Choices):
    """What an API token is good for, within what its account may do."""

    READ = "read", "Read what the account may see beyond what is public."
    WRITE = "write", "Propose, decide and act as the account may."
    EXPORT = "export", "Take exports that are not public."


class LinkPurpose(Choices):
    """What a link that was mailed or printed is for."""

    INVITATION = "invitation", "Take up an account."
    SIGN_IN = "sign_in", "Sign in without a password."
    RESET = "reset", "Choose a new password."
    STILL_TRUE = "still_true", "Say that an organisation's records are still true."
    ANSWER = "answer", "Say for a side whether a cooperation link is so."
    CAMPAIGN = "campaign", "Take up an invitation to keep an organisation's profile."
    REPLY = "reply", "Nothing: the letter answers an application."


class AuditAct(Choices):
    """What is written down about accounts."""

    ACCOUNT_MADE = "account_made", "An account was made."
    ACCOUNT_CLOSED = "account_closed", "An account was closed and anonymised."
    ROLE_CHANGED = "role_changed", "An account got another role or other organisations."
    INVITED = "invited", "Somebody was sent, or handed, a link to take up an account."
    SIGNED_IN = "signed_in", "Somebody signed in."
    SIGN_IN_REFUSED = "sign_in_refused", "A password, code or link was wrong."
    SIGNED_OUT = "signed_out", "A session was ended."
    PASSWORD_CHANGED = "password_changed", "A password was changed; every other session ended."
    SECOND_FACTOR_SET = "second_factor_set", "A second factor was set up."
    SECOND_FACTOR_REMOVED = "second_factor_removed", "A second factor was removed."
    RECOVERY_CODE_USED = "recovery_code_used", "A recovery code stood in for the second factor."
    TOKEN_MADE = "token_made", "An API token was made."
    TOKEN_REVOKED = "token_revoked", "An API token was revoked."
    EXPORTED = "exported", "Records were exported as a file."
    REDACTED = "redacted", "A value was redacted."
    WEBHOOK_ADDED = "webhook_added", "A webhook was added."
    WEBHOOK_REMOVED = "webhook_removed", "A webhook was removed."
    CAMPAIGN_SENT = "campaign_sent", "Organisations were invited to keep their profile."
    CAMPAIGN_REMINDED = "campaign_reminded", "Organisations that had not answered were reminded."
    CAMPAIGN_CLOSED = "campaign_closed", "A campaign was closed; its links stopped."
    APPLICATION_DECIDED = "application_decided", "An application was granted, settled or declined."


def account_key(related: str, *, null: bool = False, description: str | None = None) -> Any:
    """A reference to an account; accounts are never deleted."""
    options: dict[str, Any] = {"null": null, "description": description}
    return orm.ForeignKeyField("kopa.Account", related_name=related, on_delete=OnDelete.NO_ACTION, **options)


class Account(Model):
    """Somebody who can sign in. Closed, it is an id and nothing more."""

    id = orm.UUIDField(primary_key=True)
    role = Choice(Role, "What the account's owner is to the directory.")
    email = Email(
        "Where letters go, in small letters; the first administrator has none until they come.", null=True, unique=True
    )
    name = Line("How colleagues know them.", null=True)
    language = Line("The language of letters and pages.")
    password = Line("The Argon2 hash of the password.", null=True)
    totp_secret = Line("The shared secret of the second factor, in base 32.", null=True)
    totp_step = orm.BigIntField(null=True, description="The last time step whose code was used; none works twice.")
    created_at = orm.DatetimeField(description="When the account was made.")
    joined_at = orm.DatetimeField(null=True, description="When its owner took it up.")
    reminded_at = orm.DatetimeField(null=True, description="When its owner was last asked whether all is still true.")
    closed_at = orm.DatetimeField(null=True, description="When the account was closed and anonymised.")

    CHECKS: ClassVar = [
        Check("account_email_lower", "email = lower(email)"),
        Check(
            "account_closed_is_anonymous",
            "closed_at IS NULL OR COALESCE(email, name, password, totp_secret) IS NULL",
        ),
    ]

    class Meta:
        table = "account"


class Membership(Model):
    """A representative speaks for an organisation."""

    id = orm.UUIDField(primary_key=True)
    account = account_key("memberships")
    organisation_id = orm.UUIDField(db_index=True, description="The organisation; it may not be published yet.")

    class Meta:
        table = "membership"
        unique_together = (("account", "organisation_id"),)


class Session(Model):
    """Somebody is signed in with one browser; deleting the row ends it."""

    id = orm.UUIDField(primary_key=True)
    account = account_key("sessions")
    token = Line("The SHA-256 of the cookie's value.", unique=True)
    created_at = orm.DatetimeField(description="When they signed in.")
    seen_at = orm.DatetimeField(description="When it was last used, as exact as a minute.")
    expires_at = orm.DatetimeField(description="When it ends, used or not.")
    second_factor_at = orm.DatetimeField(null=True, description="When the second factor was given.")
    browser = Line("The browser and its system, in a few words.", null=True)
    network = Line("The network it was begun from.", null=True)

    class Meta:
        table = "session"


class ApiToken(Model):
    """A program acts for an account."""

    id = orm.UUIDField(primary_key=True)
    account = account_key("tokens")
    name = Line("What the token is for.")
    token = Line("The SHA-256 of the token.", unique=True)
    hint = Line("The first characters of the token, to know it by.")
    scopes = ChoiceSet(Scope, "What the token is good for.")
    created_at = orm.DatetimeField(description="When it was made.")
    expires_at = orm.DatetimeField(description="When it ends.")
    used_on = orm.DateField(null=True, description="The last day it was used.")

    class Meta:
        table = "api_token"


def _answer_names_its_link(table: str) -> Check:
    asked = "(purpose = 'answer') = (link_id IS NOT NULL) AND (purpose = 'answer') = (side IS NOT NULL)"
    return Check(f"{table}_answer", asked)


def _campaign_names_its_recipient(table: str) -> Check:
    return Check(f"{table}_campaign", "(purpose = 'campaign') = (recipient_id IS NOT NULL)")


def _recipient(related: str) -> Any:
    options: dict[str, Any] = {"null": True, "description": "The organisation that a campaign invites."}
    return orm.ForeignKeyField("kopa.CampaignRecipient", related_name=related, on_delete=OnDelete.NO_ACTION, **options)


class OneTimeLink(Model):
    """A link that lets whoever holds it do one thing, once, until it expires."""

    id = orm.UUIDField(primary_key=True)
    purpose = Choice(LinkPurpose, "What it is for.")
    token = Line("The SHA-256 of the last part of its address.", unique=True)
    account = account_key("links", null=True)
    link: orm.ForeignKeyNullableRelation[Record] = orm.ForeignKeyField(
        "kopa.Record",
        related_name="questions",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The cooperation link that is asked about.",
    )
    side = Choice(Side, "The side that is asked.", null=True)
    recipient = _recipient("one_time_links")
    created_at = orm.DatetimeField(description="When it was made.")
    expires_at = orm.DatetimeField(description="When it ends.")
    used_at = orm.DatetimeField(null=True, description="When it was used.")

    CHECKS: ClassVar = [
        Check("one_time_link_account", "(purpose IN ('answer', 'campaign')) = (account_id IS NULL)"),
        _answer_names_its_link("one_time_link"),
        _campaign_names_its_recipient("one_time_link"),
    ]

    class Meta:
        table = "one_time_link"


class RecoveryCode(Model):
    """Stands in for the second factor once."""

    id = orm.UUIDField(primary_key=True)
    account = account_key("recovery_codes")
    code = Line("The SHA-256 of the code.", unique=True)

    class Meta:
        table = "recovery_code"


class Letter(Model):
    """A letter to be sent. Its words and its link are made when it goes out, so that neither lies here.

    Without an account it is about an address that nobody has, and is thrown away: asking costs the same.
    """

    id = orm.UUIDField(primary_key=True)
    purpose = Choice(LinkPurpose, "What the link in it is for.")
    account = account_key("letters", null=True)
    link: orm.ForeignKeyNullableRelation[Record] = orm.ForeignKeyField(
        "kopa.Record",
        related_name="letters",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The cooperation link that it asks about.",
    )
    side = Choice(Side, "The side that it goes to.", null=True)
    recipient = _recipient("letters")
    application: orm.ForeignKeyNullableRelation[Model] = orm.ForeignKeyField(
        "kopa.Application",
        related_name="letters",
        null=True,
        on_delete=OnDelete.NO_ACTION,
        description="The application that it answers.",
    )
    queued_at = orm.DatetimeField(description="When it was asked for.")
    due_at = orm.DatetimeField(description="When to try, or to try again.")
    tries = Whole("How often it could not be sent.")

    CHECKS: ClassVar = [
        Check("letter_account", "purpose NOT IN ('answer', 'campaign', 'reply') OR account_id IS NULL"),
        _answer_names_its_link("letter"),
        _campaign_names_its_recipient("letter"),
        Check("letter_reply", "(purpose = 'reply') = (application_id IS NOT NULL)"),
    ]

    class Meta:
        table = "letter"


class AuditEntry(Model):
    """Who did what to accounts, roles, tokens, exports and redactions; never changed or deleted."""

    id = orm.UUIDField(primary_key=True)
    at = orm.DatetimeField(db_index=True, description="When it was done.")
    act = Choice(AuditAct, "What was done.")
    account = account_key("audit", null=True)
    about = Line("The id of what it was done to.", null=True)
    details: orm.JSONField[dict[str, Any]] = orm.JSONField(description="More, without personal data.")
    network = Line("The network it was done from.", null=True)

    class Meta:
        table = "audit_entry"


class Lease(Model):
    """Who does a periodic job just now, and when it was last done."""

    id = orm.UUIDField(primary_key=True)
    job = Line("The name of the job.", unique=True)
    holder = Line("The process that does it.", null=True)
    until = orm.DatetimeField(null=True, description="When another process may take over.")
    done_at = orm.DatetimeField(null=True, description="When it was last done.")

    CHECKS: ClassVar = [Check("lease_until", "(holder IS NULL) = (until IS NULL)")]

    class Meta:
        table = "lease"
