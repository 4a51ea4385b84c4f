"""The words of the question about a cooperation link."""

from __future__ import annotations

from service.models.cooperation import LinkKind

SUBJECT = "Vai tā ir?"
TEXT = (
    "Labdien!\n\nKatalogā Kopā ir ziņa par sadarbību: {asked} un {other} ({kind}).\n\n"
    "Vai tā ir? Atbildēt var šeit, konts nav vajadzīgs:\n\n{address}\n\n"
    "Saite der 14 dienas un tikai vienu reizi.\n\n"
    "In English: {address}?lang=en\n"
)

KINDS: dict[str, dict[str, str]] = {
    LinkKind.COOPERATION: {"lv": "sadarbība", "en": "cooperation"},
    LinkKind.DELEGATION: {"lv": "uzdevuma deleģēšana", "en": "delegation of a task"},
    LinkKind.PARTICIPATION_CONTRACT: {"lv": "līdzdarbības līgums", "en": "participation contract"},
    LinkKind.PURCHASE: {"lv": "pakalpojuma pirkums", "en": "purchase of a service"},
    LinkKind.GRANT: {"lv": "finansējuma piešķiršana", "en": "grant"},
    LinkKind.JOINT_PROJECT: {"lv": "kopīgs projekts", "en": "joint project"},
    LinkKind.REFERRAL: {"lv": "klientu novirzīšana", "en": "referral of clients"},
    LinkKind.INFORMATION_EXCHANGE: {"lv": "informācijas apmaiņa", "en": "exchange of information"},
    LinkKind.MEMBERSHIP: {"lv": "dalība", "en": "membership"},
    LinkKind.REPRESENTATION: {"lv": "pārstāvība", "en": "representation"},
    LinkKind.INFRASTRUCTURE: {"lv": "telpu un resursu izmantošana", "en": "shared premises or equipment"},
}
