"""What goes by itself: addresses of recipients some time after their campaign, and of those never invited."""

from __future__ import annotations

from datetime import datetime, timedelta

from service.accounts.rows import column
from service.database import Transaction
from service.models.rows import moment
from service.models.sheet import RECIPIENT

KEPT_FOR = timedelta(days=90)
"""How long addresses are kept after a campaign is closed."""


CLOSES_AFTER = timedelta(days=30)
"""So long after its last day a campaign is closed that nobody closes."""


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Close what is over, and remove the addresses of campaigns that were closed long enough ago."""
    stamp, past = moment(now, transaction.dialect), column((now - CLOSES_AFTER).date(), transaction.dialect)
    over = "UPDATE campaign SET closed_at = ? WHERE closed_at IS NULL AND last_day < ?"
    await transaction.execute(over, stamp, past)
    old = moment(now - CLOSES_AFTER, transaction.dialect)
    await transaction.execute("DELETE FROM sheet WHERE noun = ? AND created_at <= ?", RECIPIENT, old)
    sql = (
        "UPDATE campaign_recipient SET email = NULL WHERE email IS NOT NULL AND campaign_id IN"
        " (SELECT id FROM campaign WHERE closed_at <= ?)"
    )
    await transaction.execute(sql, moment(now - KEPT_FOR, transaction.dialect))
