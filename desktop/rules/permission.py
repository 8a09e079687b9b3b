"""Who may do what: one table of roles and verbs."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import Role


@dataclass(frozen=True)
class Actor:
    """The signed-in person at one workstation; `name` is the name that signs and is printed."""

    account_id: int
    name: str
    roles: frozenset[Role]
    workstation: str


class Verb(enum.Enum):
    """What a person can do; the value is what the audit keeps and what a refusal says."""

    VIEW_PATIENT = "view_patient"
    EDIT_PATIENT = "edit_patient"
    MERGE_PATIENTS = "merge_patients"
    EDIT_HISTORY = "edit_history"
    VIEW_CASE = "view_case"
    EDIT_CASE = "edit_case"
    EDIT_PLAN = "edit_plan"
    SIGN_PLAN = "sign_plan"
    EDIT_TEMPLATES = "edit_templates"
    ORDER_DEVICES = "order_devices"
    EDIT_CONSENT = "edit_consent"
    FILE_CONSENT = "file_consent"
    RUN_CHECKLIST = "run_checklist"
    EDIT_REPORT = "edit_report"
    SIGN_REPORT = "sign_report"
    EDIT_COMPLICATION = "edit_complication"
    VIEW_ANESTHESIA = "view_anesthesia"
    EDIT_ANESTHESIA = "edit_anesthesia"
    SIGN_ANESTHESIA = "sign_anesthesia"
    CHASE_RECORDS = "chase_records"
    VIEW_RECOVERY = "view_recovery"
    TICK_RECOVERY = "tick_recovery"
    OVERRIDE_RECOVERY = "override_recovery"
    APPROVE_PROTOCOL = "approve_protocol"
    PRINT_HANDOUT = "print_handout"
    VIEW_DOCUMENTS = "view_documents"
    MANAGE_ACCOUNTS = "manage_accounts"
    EDIT_PRACTICE = "edit_practice"
    EDIT_CATALOGUE = "edit_catalogue"
    CHECK_STORE = "check_store"
    VIEW_AUDIT = "view_audit"


SAID: Final[Mapping[Verb, str]] = {
    Verb.VIEW_PATIENT: "see patients",
    Verb.EDIT_PATIENT: "change patients",
    Verb.MERGE_PATIENTS: "merge two records of one person",
    Verb.EDIT_HISTORY: "change operations and devices",
    Verb.VIEW_CASE: "see the surgical history and the revision",
    Verb.EDIT_CASE: "change the assessment",
    Verb.EDIT_PLAN: "change the plan",
    Verb.SIGN_PLAN: "sign the plan",
    Verb.EDIT_TEMPLATES: "change the templates of plans",
    Verb.ORDER_DEVICES: "order devices",
    Verb.EDIT_CONSENT: "change consents",
    Verb.FILE_CONSENT: "file a consent",
    Verb.RUN_CHECKLIST: "answer the safety checklist",
    Verb.EDIT_REPORT: "change the operative report",
    Verb.SIGN_REPORT: "sign the operative report",
    Verb.EDIT_COMPLICATION: "change complications",
    Verb.VIEW_ANESTHESIA: "see the anesthesia note",
    Verb.EDIT_ANESTHESIA: "change the anesthesia note",
    Verb.SIGN_ANESTHESIA: "sign the anesthesia note",
    Verb.CHASE_RECORDS: "ask others for records",
    Verb.VIEW_RECOVERY: "see the recovery",
    Verb.TICK_RECOVERY: "answer the recovery checklist",
    Verb.OVERRIDE_RECOVERY: "set other recovery days",
    Verb.APPROVE_PROTOCOL: "approve the recovery protocol",
    Verb.PRINT_HANDOUT: "print handouts",
    Verb.VIEW_DOCUMENTS: "see what was given",
    Verb.MANAGE_ACCOUNTS: "manage accounts",
    Verb.EDIT_PRACTICE: "change the practice",
    Verb.EDIT_CATALOGUE: "change the catalogue of devices",
    Verb.CHECK_STORE: "check the store",
    Verb.VIEW_AUDIT: "see the audit",
}
"""The words a refusal uses."""

_DESK, _NURSE, _ANESTHESIA = Role.FRONT_DESK, Role.NURSE, Role.ANESTHESIA
_SURGEON, _ADMIN = Role.SURGEON, Role.ADMINISTRATOR

# The front desk sees no anesthesia and no plan; an administrator as such sees nothing clinical. The operating surgeon
# may keep and sign the anesthesia record, because in an office there is not always somebody else who can.
MAY: Final[Mapping[Verb, frozenset[Role]]] = {
    Verb.VIEW_PATIENT:      frozenset({_DESK, _NURSE, _ANESTHESIA, _SURGEON, _ADMIN}),
    Verb.EDIT_PATIENT:      frozenset({_DESK, _NURSE, _ANESTHESIA, _SURGEON}),
    Verb.MERGE_PATIENTS:    frozenset({_SURGEON}),
    Verb.EDIT_HISTORY:      frozenset({_NURSE, _SURGEON}),
    Verb.VIEW_CASE:         frozenset({_NURSE, _ANESTHESIA, _SURGEON}),
    Verb.EDIT_CASE:         frozenset({_NURSE, _SURGEON}),
    Verb.EDIT_PLAN:         frozenset({_SURGEON}),
    Verb.SIGN_PLAN:         frozenset({_SURGEON}),
    Verb.EDIT_TEMPLATES:    frozenset({_SURGEON}),
    Verb.ORDER_DEVICES:     frozenset({_NURSE, _SURGEON}),
    Verb.EDIT_CONSENT:      frozenset({_NURSE, _SURGEON}),
    Verb.FILE_CONSENT:      frozenset({_NURSE, _SURGEON}),
    Verb.RUN_CHECKLIST:     frozenset({_NURSE, _ANESTHESIA, _SURGEON}),
    Verb.EDIT_REPORT:       frozenset({_NURSE, _SURGEON}),
    Verb.SIGN_REPORT:       frozenset({_SURGEON}),
    Verb.EDIT_COMPLICATION: frozenset({_NURSE, _SURGEON}),
    Verb.VIEW_ANESTHESIA:   frozenset({_NURSE, _ANESTHESIA, _SURGEON}),
    Verb.EDIT_ANESTHESIA:   frozenset({_NURSE, _ANESTHESIA, _SURGEON}),
    Verb.SIGN_ANESTHESIA:   frozenset({_ANESTHESIA, _SURGEON}),
    Verb.CHASE_RECORDS:     frozenset({_DESK, _NURSE, _SURGEON}),
    Verb.VIEW_RECOVERY:     frozenset({_DESK, _NURSE, _ANESTHESIA, _SURGEON}),
    Verb.TICK_RECOVERY:     frozenset({_NURSE, _SURGEON}),
    Verb.OVERRIDE_RECOVERY: frozenset({_SURGEON}),
    Verb.APPROVE_PROTOCOL:  frozenset({_SURGEON}),
    Verb.PRINT_HANDOUT:     frozenset({_DESK, _NURSE, _ANESTHESIA, _SURGEON}),
    Verb.VIEW_DOCUMENTS:    frozenset({_DESK, _NURSE, _ANESTHESIA, _SURGEON}),
    Verb.MANAGE_ACCOUNTS:   frozenset({_ADMIN}),
    Verb.EDIT_PRACTICE:     frozenset({_ADMIN}),
    Verb.EDIT_CATALOGUE:    frozenset({_NURSE, _SURGEON, _ADMIN}),
    Verb.CHECK_STORE:       frozenset({_ADMIN}),
    Verb.VIEW_AUDIT:        frozenset({_ADMIN}),
}  # fmt: skip


def may(roles: Collection[Role], verb: Verb) -> bool:
    """Whether any of the roles includes the verb; nobody without a role may do anything."""
    return not MAY[verb].isdisjoint(roles)
