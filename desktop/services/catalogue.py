"""Read the catalogue of devices, add the practice's own products, and take in a newer edition whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Rejected, UserError
from desktop.forms.catalogue import CATALOGUE_FORM
from desktop.models.catalogue import CatalogueEdition, CatalogueProduct
from desktop.paths import resource
from desktop.rules.catalogue import Catalogue
from desktop.rules.catalogue_entry import Entry, facts_of
from desktop.rules.catalogue_file import decode_catalogue, parse_catalogue, write_entries
from desktop.rules.catalogue_part import Fault, UnreadableCatalogue
from desktop.rules.catalogue_product import product_entry
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb, may
from desktop.rules.problem import Problem
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.record import Snapshot, get_record, open_record, save_record

_MOST_FAULTS: Final = 5
_READ: Final[dict[str, Catalogue]] = {}
"""Editions that were read, by the fingerprint of their text: to read one takes longer than to ask which it is."""
_JOINED: Final[list[tuple[Catalogue, tuple[Entry, ...], Catalogue]]] = []
"""The edition and own products of the last question, and what they made together: its words are in order already."""

_FAR_AHEAD = dt.timedelta(days=366)


class CatalogueRefused(UserError):
    """The file cannot be followed and nothing was changed; `faults` names every line, `told` the first in sentences."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        more = len(faults) - _MOST_FAULTS
        self.what = "The catalogue was not imported, and the one in use stays."
        self.told = (*map(str, faults[:_MOST_FAULTS]), *([f"There are {more} more."] if more > 0 else []))
        self.faults = faults
        super().__init__(" ".join((self.what, *self.told)))


class OlderEdition(UserError):
    """The file is older than the edition in use; a person may want it all the same."""

    def __init__(self, offered: dt.date, in_use: dt.date) -> None:
        super().__init__(
            f"The catalogue was not imported: it is of {show_date(offered)}, and the one in use is of "
            f"{show_date(in_use)}, which is newer. Import it all the same only if you want to go back."
        )


@dataclass(frozen=True)
class EditionInUse:
    """Which list is in use; `kept_by` is None for the one that came with Reprise.

    `newer_shipped` is the day of the list that came with Reprise when that one is newer than an imported one.
    """

    name: str
    as_of: dt.date
    kept_by: str | None = None
    kept_at: dt.datetime | None = None
    newer_shipped: dt.date | None = None


@dataclass(frozen=True)
class CataloguePage:
    """The catalogue as the settings show it; `retired` are own products that are offered no more."""

    catalogue: Catalogue
    edition: EditionInUse
    retired: tuple[Entry, ...]
    may_edit: bool


def read_catalogue(session: Session) -> Catalogue:
    """The edition in use with the practice's own products."""
    require(session, Verb.VIEW_PATIENT)
    edition, _kept = _edition(session)
    own = _own(session, retired=False)
    for of_edition, of_own, joined in _JOINED:
        if of_edition is edition and of_own == own:
            return joined
    catalogue = edition.with_own(own)
    catalogue.suggest("ready")  # whoever types first does not wait until the words are in order
    _JOINED[:] = [(edition, own, catalogue)]
    return catalogue


def read_catalogue_page(session: Session) -> CataloguePage:
    actor = require(session, Verb.VIEW_PATIENT)
    edition, kept = _edition(session)
    shipped = _shipped().as_of
    newer = shipped if kept is not None and shipped > edition.as_of else None
    kept_by, kept_at = kept or (None, None)
    in_use = EditionInUse(edition.name, edition.as_of, kept_by, kept_at, newer)
    return CataloguePage(
        read_catalogue(session), in_use, _own(session, retired=True), may(actor.roles, Verb.EDIT_CATALOGUE)
    )


def catalogue_facts(
    session: Session, device_identifier: str, typed: Mapping[str, Any] | None = None
) -> Mapping[str, Any] | None:
    """What the catalogue knows of a product, by the device's field names; None when it does not know the number.

    A maker that `typed` spells by another of its names (McGhan) is told as it was typed: that is no difference.
    """
    catalogue = read_catalogue(session)
    entry = catalogue.by_identifier(device_identifier)
    if entry is None:
        return None
    facts, maker = dict(facts_of(entry)), (typed or {}).get("manufacturer")
    if isinstance(maker, str) and catalogue.maker(maker) == facts.get("manufacturer"):
        facts["manufacturer"] = maker
    return facts


def open_product(session: Session, product_id: int | None) -> Snapshot:
    """One of the practice's own products; without a number, an empty one."""
    return open_record(session, CATALOGUE_FORM, product_id)


def save_product(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    """Refused when another product of the practice has the same number on its label, or nothing that tells it apart."""
    require(session, Verb.EDIT_CATALOGUE)
    saved = save_record(session, CATALOGUE_FORM, opened, values)
    new, (edition, _kept) = product_entry(saved.id, saved.values), _edition(session)
    for other in _own(session, retired=False):
        if other.product_id == saved.id:
            continue
        if new.facts.get("udi_di") and new.facts["udi_di"] == other.facts.get("udi_di"):
            raise Rejected([Problem("udi_di", f"This is the number of “{other.title}” already.")])
        if edition.identity(new) == edition.identity(other):
            raise Rejected([Problem("line", f"“{other.title}” is there already, with nothing that tells them apart.")])
    return saved


def retire_product(session: Session, product_id: int, retired: bool = True) -> None:
    """Offered no more, or again; what was recorded with it stays as it was recorded."""
    require(session, Verb.EDIT_CATALOGUE)
    product = get_record(session, CatalogueProduct, product_id)
    if product.is_retired != retired:
        write_audit(session, Verb.EDIT_CATALOGUE, product, {"is_retired": [product.is_retired, retired]})
        product.is_retired = retired


def import_edition(session: Session, file: str | bytes, older_is_meant: bool = False) -> EditionInUse:
    """Use another edition from now on; a file with a single fault, or an older one nobody meant, changes nothing."""
    actor = require(session, Verb.EDIT_CATALOGUE)
    try:
        text = file if isinstance(file, str) else decode_catalogue(file)
        offered = parse_catalogue(text)
    except UnreadableCatalogue as error:
        raise CatalogueRefused(error.faults) from error
    in_use, _kept = _edition(session)
    if offered.as_of > today(session) + _FAR_AHEAD:
        raise UserError(
            f"The catalogue was not imported: it says that it is of {show_date(offered.as_of)}, more than a year from "
            "now, and every list after it would seem older. Correct the date in the file, then import it again."
        )
    if offered.as_of < in_use.as_of and not older_is_meant:
        raise OlderEdition(offered.as_of, in_use.as_of)
    sha256 = _fingerprint(text)
    edition = CatalogueEdition(text=text, sha256=sha256, as_of=offered.as_of, kept_at=now(session), kept_by=actor.name)
    session.add(edition)
    write_audit(
        session, Verb.EDIT_CATALOGUE, edition, {"as_of": [in_use.as_of, offered.as_of], "sha256": [None, sha256]}
    )
    session.flush()
    return EditionInUse(offered.name, offered.as_of, edition.kept_by, edition.kept_at)


def use_shipped_edition(session: Session) -> EditionInUse:
    """The list that came with Reprise, after another one was imported."""
    return import_edition(session, _shipped_text(), older_is_meant=True)


def export_edition(session: Session) -> str:
    """The edition in use with the practice's own products, as a file that can be imported."""
    require(session, Verb.VIEW_PATIENT)
    newest = select(CatalogueEdition.text).order_by(CatalogueEdition.id.desc()).limit(1)
    text = session.scalars(newest).one_or_none() or _shipped_text()
    edition, _kept = _edition(session)
    known = set(map(edition.identity, edition.entries))
    numbers = {entry.facts["udi_di"] for entry in edition.entries if "udi_di" in entry.facts}
    own = (entry for entry in _own(session, retired=False) if edition.identity(entry) not in known)
    return text + write_entries((entry for entry in own if entry.facts.get("udi_di") not in numbers), edition)


def _edition(session: Session) -> tuple[Catalogue, tuple[str, dt.datetime] | None]:
    """The list in use, and who imported it when; the text is fetched only when it was not read before."""
    newest = select(CatalogueEdition.id, CatalogueEdition.sha256, CatalogueEdition.kept_by, CatalogueEdition.kept_at)
    row = session.execute(newest.order_by(CatalogueEdition.id.desc()).limit(1)).one_or_none()
    if row is None:
        return _shipped(), None
    read = _READ.get(row.sha256)
    if read is None:
        text = session.scalars(select(CatalogueEdition.text).where(CatalogueEdition.id == row.id)).one()
        read = _READ.setdefault(row.sha256, parse_catalogue(text))
    return read, (row.kept_by, row.kept_at)


def _own(session: Session, *, retired: bool) -> tuple[Entry, ...]:
    rows = session.scalars(
        select(CatalogueProduct).where(CatalogueProduct.is_retired.is_(retired)).order_by(CatalogueProduct.id)
    )
    return tuple(
        product_entry(row.id, {field.name: getattr(row, field.name) for field in CATALOGUE_FORM}) for row in rows
    )


@lru_cache(maxsize=1)
def _shipped() -> Catalogue:
    return parse_catalogue(_shipped_text())


def _shipped_text() -> str:
    return resource("catalogue", "devices.toml").read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
