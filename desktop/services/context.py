"""Who acts, when, and whether they may."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from desktop.errors import PermissionDenied
from desktop.models.choices import Role
from desktop.rules.permission import SAID, Actor, Verb, may
from desktop.rules.problem import Circumstances


def actor_of(session: Session) -> Actor:
    actor = session.info["actor"]
    if not isinstance(actor, Actor):
        raise PermissionDenied("Nobody is signed in. Sign in and try again.")
    return actor


def now(session: Session) -> dt.datetime:
    moment: dt.datetime = session.info["now"]()
    return moment


def today(session: Session) -> dt.date:
    """The calendar day where the practice is."""
    return now(session).astimezone().date()


def circumstances(session: Session) -> Circumstances:
    return Circumstances(today=today(session))


def require(session: Session, verb: Verb) -> Actor:
    """The acting person, if one of their roles includes `verb`."""
    actor = actor_of(session)
    if not may(actor.roles, verb):
        roles = ", ".join(role.label for role in Role if role in actor.roles) or "no role"
        needed = ", ".join(role.label for role in Role if may(frozenset({role}), verb))
        raise PermissionDenied(
            f"You are signed in as {actor.name} ({roles}), who may not {SAID[verb]}. Roles that may: {needed}. "
            "Nothing was changed."
        )
    return actor
