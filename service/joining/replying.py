"""The letter that answers an application: why it was declined, or that one speaks for the organisation now."""

from __future__ import annotations

from service.accounts.letters import Letter
from service.database import Reader
from service.joining import applications
from service.mail import Mail
from service.models.campaign import ApplicationState

SUBJECT = {"lv": "Par jūsu pieteikumu katalogam Kopā", "en": "Your application to Kopā"}
DECLINED = {
    "lv": "Labdien!\n\nPar jūsu pieteikumu katalogam Kopā redaktors raksta:\n\n{answer}\n\n{site}\n",
    "en": "Hello,\n\nabout your application to the directory Kopā an editor writes:\n\n{answer}\n\n{site}\n",
}
GRANTED = {
    "lv": (
        "Labdien!\n\nTagad katalogā Kopā varat pārstāvēt arī organizāciju, par kuru rakstījāt."
        " Pieslēdzieties kā līdz šim:\n\n{site}account/\n"
    ),
    "en": (
        "Hello,\n\nyou can now represent the organisation that you wrote about at Kopā, too."
        " Sign in as before:\n\n{site}account/\n"
    ),
}


async def write(reader: Reader, letter: Letter, site: str) -> Mail | None:
    """The answer; None when the application has gone."""
    assert letter.application is not None
    found = await applications.one(reader, letter.application)
    if found is None or found.email is None:
        return None
    text = DECLINED if found.state is ApplicationState.DECLINED else GRANTED
    said = text[found.language].format(answer=found.answer, site=site)
    return Mail(found.email, SUBJECT[found.language], said)
