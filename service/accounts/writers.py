"""The words of letters about accounts."""

from __future__ import annotations

from collections.abc import Mapping

from service.accounts.letters import Letter, Writer
from service.database import Reader
from service.mail import Mail
from service.models.account import LinkPurpose

Words = tuple[str, str]
"""Subject and text; the text has a place for the address."""

WORDS: dict[LinkPurpose, Mapping[str, Words]] = {
    LinkPurpose.INVITATION: {
        "lv": (
            "Jūsu konts katalogā Kopā",
            (
                "Labdien!\n\nJums ir izveidots konts katalogā Kopā. Izvēlieties savu paroli:\n\n{address}\n\n"
                "Saite der septiņas dienas un tikai vienu reizi.\n"
            ),
        ),
        "en": (
            "Your account at Kopā",
            (
                "Hello,\n\nan account at the directory Kopā was made for you. Choose your password:\n\n{address}\n\n"
                "The link works once, within seven days.\n"
            ),
        ),
    },
    LinkPurpose.SIGN_IN: {
        "lv": (
            "Pieslēgšanās katalogam Kopā",
            (
                "Labdien!\n\nAr šo saiti varat pieslēgties bez paroles:\n\n{address}\n\n"
                "Saite der 15 minūtes un tikai vienu reizi. Ja to nelūdzāt, nedariet neko.\n"
            ),
        ),
        "en": (
            "Signing in at Kopā",
            (
                "Hello,\n\nwith this link you sign in without a password:\n\n{address}\n\n"
                "It works once, within 15 minutes. If you did not ask for it, do nothing.\n"
            ),
        ),
    },
    LinkPurpose.RESET: {
        "lv": (
            "Jauna parole katalogā Kopā",
            (
                "Labdien!\n\nAr šo saiti varat izvēlēties jaunu paroli:\n\n{address}\n\n"
                "Saite der vienu stundu un tikai vienu reizi. Ja to nelūdzāt, nedariet neko.\n"
            ),
        ),
        "en": (
            "A new password at Kopā",
            (
                "Hello,\n\nwith this link you choose a new password:\n\n{address}\n\n"
                "It works once, within an hour. If you did not ask for it, do nothing.\n"
            ),
        ),
    },
}


async def write(reader: Reader, letter: Letter, address: str) -> Mail | None:
    """A letter to the owner of an account; None when the account was closed or has no address yet."""
    sql = "SELECT email, language FROM account WHERE id = ? AND closed_at IS NULL"
    rows = await reader.fetch(sql, letter.account)
    if not rows or rows[0]["email"] is None:
        return None
    subject, text = WORDS[letter.purpose][rows[0]["language"]]
    return Mail(rows[0]["email"], subject, text.format(address=address))


WRITERS: dict[LinkPurpose, Writer] = dict.fromkeys(WORDS, write)
