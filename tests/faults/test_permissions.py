"""Every public service refuses whoever lacks its verb; a new one that asks for none fails here."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import desktop.services
from desktop.errors import PermissionDenied, UserError
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.device import DEVICE_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.records_request import RECORDS_REQUEST_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import (
    AttachmentKind,
    CardFormat,
    ComplicationKind,
    DeviceRole,
    DocumentKind,
    ImagingKind,
    Indication,
    LabelEntry,
    OrderState,
    RecipientKind,
    RecoveryState,
    Role,
    SafetyAgain,
    SafetyItem,
    SafetyMoment,
    Side,
    Source,
)
from desktop.opening import OpenPractice
from desktop.rules.case_review import CaseFilter
from desktop.rules.permission import Actor, Verb, may
from desktop.rules.safety import Line
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.account import add_account, change_password
from desktop.services.anesthesia import open_note, save_note
from desktop.services.attachment import BelongsTo, NewFile
from desktop.services.case_letter import LetterTo
from desktop.services.draft import DraftOf
from desktop.services.handout import issue_recovery_handout
from desktop.services.label import LabelTarget
from desktop.services.operation import read_history
from desktop.services.practice import open_practice
from desktop.services.record import Snapshot, open_record
from desktop.services.records_request import make_request
from desktop.services.revision import find_newest_case
from desktop.services.safety_file import PhaseKey
from desktop.storage.key_slots import VaultSlots
from desktop.storage.vault import unlock
from tests import conftest
from tests.consent_story import consent_answers
from tests.factories import examination_values, note_values, operation_values, patient_values, plan_values
from tests.faults.house import CHEAP, SURGEON
from tests.recovery_story import add_recovering_patient

NEW = Snapshot(None, None, {})
PASSWORD = "gulls over the pier"
SIGN_IN = PhaseKey(SafetyMoment.SIGN_IN)


@dataclass(frozen=True)
class House:
    """What the services are asked about: a patient of whom everything is kept, and the ids of it."""

    practice: OpenPractice
    patient_id: int
    case_id: int
    plan_id: int
    note_id: int
    operation_id: int
    checklist_id: int
    item_id: int
    document_id: int
    other_account_id: int
    other_patient_id: int
    request_id: int


ORDER = {"side": Side.LEFT, "role": DeviceRole.SIZER, "state": OrderState.TO_ORDER}
ASKED = RECORDS_REQUEST_FORM.empty() | {
    "recipient_kind": RecipientKind.SURGEON,
    "recipient_name": "Dr. Lindqvist",
    "asked_for": ["right.serial"],
    "due_on": dt.date(2026, 12, 7),
}

Asks = tuple[Verb, Callable[[House], tuple[Any, ...]]]

GUARDED: dict[str, Asks] = {
    "account.list_accounts": (Verb.MANAGE_ACCOUNTS, lambda h: ()),
    "account.add_account": (
        Verb.MANAGE_ACCOUNTS,
        lambda h: ("pell", "Nurse J. Pell", (Role.NURSE,), PASSWORD, frozenset()),
    ),
    "account.set_active": (Verb.MANAGE_ACCOUNTS, lambda h: (h.other_account_id, True)),
    "account.change_password": (Verb.MANAGE_ACCOUNTS, lambda h: (h.other_account_id, PASSWORD, frozenset())),
    "anesthesia.open_anesthesia_file": (Verb.VIEW_ANESTHESIA, lambda h: (h.patient_id,)),
    "anesthesia.open_note": (Verb.VIEW_ANESTHESIA, lambda h: (h.case_id,)),
    "anesthesia.save_note": (Verb.EDIT_ANESTHESIA, lambda h: (*stored(h, ANESTHESIA_FORM, h.note_id), h.case_id)),
    "anesthesia.sign_note": (Verb.SIGN_ANESTHESIA, lambda h: (h.note_id, 1)),
    "anesthesia.add_addendum": (Verb.SIGN_ANESTHESIA, lambda h: (h.note_id, "text", "reason")),
    "anesthesia.new_addendum": (Verb.SIGN_ANESTHESIA, lambda h: ()),
    "anesthesia.save_addendum": (Verb.SIGN_ANESTHESIA, lambda h: ({"text": "t", "reason": "r"}, h.note_id)),
    "anesthesia_page.print_anesthesia_note": (Verb.VIEW_ANESTHESIA, lambda h: (h.case_id,)),
    "attachment.list_attachments": (Verb.VIEW_CASE, lambda h: (BelongsTo(h.patient_id, consent_id=1),)),
    "attachment.add_attachment": (
        Verb.EDIT_CONSENT,
        lambda h: (BelongsTo(h.patient_id, consent_id=1), NewFile(AttachmentKind.CONSENT, "Scan", b"%PDF-1.7")),
    ),
    "attachment.read_attachment": (Verb.VIEW_CASE, lambda h: (1,)),
    "attachment.withdraw_attachment": (
        Verb.EDIT_CONSENT,
        lambda h: (BelongsTo(h.patient_id, consent_id=1), 1, "by mistake"),
    ),
    "consent.consent_facts": (Verb.VIEW_CASE, lambda h: (h.case_id,)),
    "consent.language_of": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "consent.open_consent": (Verb.VIEW_CASE, lambda h: (None,)),
    "consent.save_consent": (Verb.EDIT_CONSENT, lambda h: (NEW, consent_answers(), h.patient_id, h.case_id)),
    "consent.file_consent": (Verb.FILE_CONSENT, lambda h: (1, 1)),
    "consent.withdraw_consent": (Verb.EDIT_CONSENT, lambda h: (1, dt.date(2026, 11, 23), "reason")),
    "consent_page.preview_consent_record": (Verb.VIEW_CASE, lambda h: (1,)),
    "consent_page.issue_consent_record": (Verb.VIEW_CASE, lambda h: (1, b"%PDF")),
    "device.open_device": (Verb.VIEW_CASE, lambda h: (h.operation_id, Side.RIGHT)),
    "device.save_device": (Verb.EDIT_HISTORY, lambda h: (NEW, DEVICE_FORM.empty(), h.operation_id, Side.RIGHT)),
    "drain.open_drain": (Verb.VIEW_CASE, lambda h: (None,)),
    "drain.save_drain": (Verb.EDIT_HISTORY, lambda h: (NEW, {"side": Side.LEFT}, h.operation_id)),
    "duplicate.find_likely_same": (Verb.VIEW_PATIENT, lambda h: (patient_values(),)),
    "duplicate.register_patient": (Verb.EDIT_PATIENT, lambda h: (NEW, patient_values())),
    "catalogue.read_catalogue": (Verb.VIEW_PATIENT, lambda h: ()),
    "catalogue.read_catalogue_page": (Verb.VIEW_PATIENT, lambda h: ()),
    "catalogue.catalogue_facts": (Verb.VIEW_PATIENT, lambda h: ("10888628001206",)),
    "catalogue.open_product": (Verb.VIEW_PATIENT, lambda h: (None,)),
    "catalogue.save_product": (Verb.EDIT_CATALOGUE, lambda h: (NEW, {"manufacturer": "Quay", "line": "Calm"})),
    "catalogue.retire_product": (Verb.EDIT_CATALOGUE, lambda h: (1,)),
    "catalogue.import_edition": (Verb.EDIT_CATALOGUE, lambda h: ("", True)),
    "catalogue.use_shipped_edition": (Verb.EDIT_CATALOGUE, lambda h: ()),
    "catalogue.export_edition": (Verb.VIEW_PATIENT, lambda h: ()),
    "device_order.read_orders": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "device_order.make_orders": (Verb.ORDER_DEVICES, lambda h: (h.patient_id, h.case_id)),
    "device_order.open_order": (Verb.VIEW_CASE, lambda h: (None,)),
    "device_order.save_order": (Verb.ORDER_DEVICES, lambda h: (NEW, ORDER, h.patient_id, h.case_id)),
    "device_order.set_order_state": (Verb.ORDER_DEVICES, lambda h: (1, 1, OrderState.HERE)),
    "device_card.preview_device_card": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id, CardFormat.A6)),
    "device_card.offer_device_card": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id, CardFormat.A6)),
    "device_card.issue_device_card": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id, CardFormat.A6)),
    "document.read_documents": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id,)),
    "handout.issue_document": (
        Verb.PRINT_HANDOUT,
        lambda h: (h.patient_id, DocumentKind.DEVICE_CARD, "Card", "1", "en", b"%PDF"),
    ),
    "handout.preview_recovery_handout": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id,)),
    "handout.offer_recovery_handout": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id,)),
    "handout.issue_recovery_handout": (Verb.PRINT_HANDOUT, lambda h: (h.patient_id,)),
    "handout.reprint": (Verb.PRINT_HANDOUT, lambda h: (h.document_id,)),
    "handout.list_documents": (Verb.VIEW_DOCUMENTS, lambda h: (h.patient_id,)),
    "merge_preview.preview_merge": (Verb.MERGE_PATIENTS, lambda h: (h.patient_id, h.other_patient_id)),
    "merge.merge_patients": (Verb.MERGE_PATIENTS, lambda h: (h.patient_id, h.other_patient_id, {}, "")),
    "merge_undo.list_merges": (Verb.VIEW_PATIENT, lambda h: (h.patient_id,)),
    "merge_undo.preview_undo": (Verb.MERGE_PATIENTS, lambda h: (1,)),
    "merge_undo.undo_merge": (Verb.MERGE_PATIENTS, lambda h: (1, "")),
    "missing_records.read_missing": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "missing_records.read_missing_in_place": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "diagnosis_code.read_codes": (Verb.VIEW_PATIENT, lambda h: ()),
    "diagnosis_code.import_codes": (
        Verb.EDIT_PRACTICE,
        lambda h: ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"',),
    ),
    "diagnosis_code.use_shipped_codes": (Verb.EDIT_PRACTICE, lambda h: ()),
    "indication.open_finding": (Verb.VIEW_CASE, lambda h: (1,)),
    "indication.save_finding": (Verb.EDIT_CASE, lambda h: (NEW, {"note": "seen"}, h.patient_id, 1)),
    "indication.read_finding_page": (Verb.VIEW_CASE, lambda h: (h.patient_id, 1)),
    "indication.read_assessment": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "imaging.open_imaging": (Verb.VIEW_CASE, lambda h: (None,)),
    "imaging.read_studies": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "imaging.save_imaging": (
        Verb.EDIT_HISTORY,
        lambda h: (NEW, {"side": Side.LEFT, "kind": ImagingKind.MRI}, h.patient_id),
    ),
    "label.read_scan": (Verb.VIEW_CASE, lambda h: (h.patient_id, "+A999BI4101R", LabelEntry.SCANNED)),
    "label.keep_label": (
        Verb.EDIT_HISTORY,
        lambda h: (h.patient_id, LabelTarget(h.operation_id, Side.RIGHT), ScannedLabel("+A999BI4101R"), NEW),
    ),
    "label.hold_label": (Verb.EDIT_HISTORY, lambda h: (DraftOf("held_label", "1"), Side.LEFT, ScannedLabel("x"))),
    "label.save_with_labels": (
        Verb.EDIT_HISTORY,
        lambda h: (NEW, operation_values(), h.patient_id, DraftOf("held_label", "1")),
    ),
    "complication.read_complications": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "complication.open_complication": (Verb.VIEW_CASE, lambda h: (None,)),
    "complication.save_complication": (
        Verb.EDIT_COMPLICATION,
        lambda h: (NEW, {"kind": ComplicationKind.ALLERGIC}, h.patient_id, h.case_id),
    ),
    "reoperation.read_cases": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "reoperation.start_reoperation": (Verb.EDIT_CASE, lambda h: (h.patient_id, h.case_id)),
    "safety.read_safety": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "safety.answer_item": (Verb.RUN_CHECKLIST, lambda h: (h.case_id, SIGN_IN, Line(SafetyItem.OXIMETER_WORKS), None)),
    "safety.name_present": (Verb.RUN_CHECKLIST, lambda h: (h.case_id, SIGN_IN, "Dr. A. Marchetti")),
    "safety.call_again": (Verb.RUN_CHECKLIST, lambda h: (h.case_id, SafetyAgain.SECOND_TEAM)),
    "safety.finish_phase": (Verb.RUN_CHECKLIST, lambda h: (h.case_id, SIGN_IN, 1)),
    "case_letter.preview_case_letter": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id, LetterTo("Dr. Calder"))),
    "case_letter.issue_case_letter": (
        Verb.VIEW_CASE,
        lambda h: (h.patient_id, h.case_id, LetterTo("Dr. Calder"), b"%PDF-1.7"),
    ),
    "indication_words.read_finding_words": (Verb.VIEW_CASE, lambda h: (h.case_id,)),
    "operating_sheet.operating_sheet": (Verb.VIEW_CASE, lambda h: (h.plan_id,)),
    "case_review.list_cases": (Verb.VIEW_CASE, lambda h: ()),
    "case_review.list_filters": (Verb.VIEW_CASE, lambda h: ()),
    "case_review.keep_filter": (Verb.VIEW_CASE, lambda h: ("Mondays", CaseFilter())),
    "case_review.forget_filter": (Verb.VIEW_CASE, lambda h: (0,)),
    "examination.open_examination": (Verb.VIEW_CASE, lambda h: (None,)),
    "examination.save_examination": (Verb.EDIT_CASE, lambda h: (NEW, examination_values(), h.patient_id)),
    "examination.new_examination": (Verb.EDIT_CASE, lambda h: ()),
    "examination.read_visits": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "examination.newest_examination": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "seroma_work_up.open_work_up": (Verb.VIEW_CASE, lambda h: (h.case_id, Side.LEFT)),
    "seroma_work_up.save_work_up": (Verb.EDIT_CASE, lambda h: (NEW, {}, h.patient_id, h.case_id, Side.LEFT)),
    "seroma_work_up.read_seromas": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id, {}, None)),
    "matrix.open_matrix": (Verb.VIEW_CASE, lambda h: (None,)),
    "matrix.save_matrix": (Verb.EDIT_HISTORY, lambda h: (NEW, {"side": Side.LEFT, "product": "TIGR"}, h.operation_id)),
    "operation.open_operation": (Verb.VIEW_CASE, lambda h: (h.operation_id,)),
    "operation.save_operation": (Verb.EDIT_HISTORY, lambda h: (NEW, operation_values(), h.patient_id)),
    "operation.read_history": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "found_at_surgery.add_found": (
        Verb.EDIT_REPORT,
        lambda h: (h.patient_id, h.case_id, Side.RIGHT, Indication.FLIP),
    ),
    "found_at_surgery.take_back_found": (
        Verb.EDIT_REPORT,
        lambda h: (h.patient_id, h.case_id, Side.RIGHT, Indication.FLIP),
    ),
    "operative_report.begin_report": (Verb.EDIT_REPORT, lambda h: (h.case_id,)),
    "operative_report.open_report": (Verb.VIEW_CASE, lambda h: (1,)),
    "operative_report.save_report": (Verb.EDIT_REPORT, lambda h: (NEW, {}, h.patient_id)),
    "operative_report.sign_report": (Verb.SIGN_REPORT, lambda h: (1, 1)),
    "operative_report.amend_report": (Verb.EDIT_REPORT, lambda h: (1, "reason")),
    "operative_report_page.operative_report_page": (Verb.VIEW_CASE, lambda h: (1,)),
    "report_file.read_report_file": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "operation_parts.read_parts": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.operation_id)),
    "overview.read_overview": (Verb.VIEW_PATIENT, lambda h: (h.patient_id,)),
    "patient.open_file": (Verb.VIEW_PATIENT, lambda h: (h.patient_id,)),
    "patient.read_header": (Verb.VIEW_PATIENT, lambda h: (h.patient_id,)),
    "patient.save_patient": (Verb.EDIT_PATIENT, lambda h: (NEW, patient_values())),
    "plan_template.list_templates": (Verb.VIEW_CASE, lambda h: ()),
    "plan_template.offer_templates": (Verb.VIEW_CASE, lambda h: (h.case_id,)),
    "plan_template.read_template": (Verb.VIEW_CASE, lambda h: (1,)),
    "plan_template.open_template": (Verb.VIEW_CASE, lambda h: (None,)),
    "plan_template.keep_template": (Verb.EDIT_TEMPLATES, lambda h: ({"name": "Calm", "suits": ()}, plan_values())),
    "plan_template.save_template": (Verb.EDIT_TEMPLATES, lambda h: (NEW, {"name": "Calm"})),
    "plan_template.retire_template": (Verb.EDIT_TEMPLATES, lambda h: (1,)),
    "plan_page.plan_content": (Verb.VIEW_CASE, lambda h: (h.plan_id,)),
    "plan_page.plan_page": (Verb.VIEW_CASE, lambda h: (h.plan_id,)),
    "practice.open_practice": (Verb.VIEW_PATIENT, lambda h: ()),
    "practice.save_practice": (Verb.EDIT_PRACTICE, lambda h: (*stored_practice(h),)),
    "record.open_record": (Verb.VIEW_CASE, lambda h: (CASE_FORM, h.case_id)),
    "record.save_record": (Verb.EDIT_PATIENT, lambda h: (PATIENT_FORM, NEW, patient_values(), {"record_number": "9"})),
    "records_closing.open_closing": (Verb.CHASE_RECORDS, lambda h: (h.request_id,)),
    "records_closing.close_answered": (Verb.EDIT_HISTORY, lambda h: (h.request_id, 1, Source.LETTER)),
    "records_closing.close_nothing_kept": (Verb.EDIT_HISTORY, lambda h: (h.request_id, 1, ("right.serial",))),
    "records_closing.withdraw_request": (Verb.CHASE_RECORDS, lambda h: (h.request_id, 1, "reason")),
    "records_request.new_request": (Verb.CHASE_RECORDS, lambda h: ()),
    "records_request.preview_letters": (Verb.CHASE_RECORDS, lambda h: (ASKED, h.patient_id, h.operation_id)),
    "records_request.make_request": (Verb.CHASE_RECORDS, lambda h: (NEW, ASKED, h.patient_id, h.operation_id)),
    "records_request.remind": (Verb.CHASE_RECORDS, lambda h: (h.request_id, 1)),
    "records_request.read_request": (Verb.CHASE_RECORDS, lambda h: (h.request_id,)),
    "records_request.list_requests": (Verb.CHASE_RECORDS, lambda h: (h.patient_id,)),
    "records_request.list_waiting": (Verb.CHASE_RECORDS, lambda h: ()),
    "recovery.start_checklist": (Verb.TICK_RECOVERY, lambda h: (h.case_id, dt.date(2026, 11, 20))),
    "recovery.follow_surgery_date": (Verb.TICK_RECOVERY, lambda h: (h.checklist_id, 1)),
    "recovery.answer_item": (Verb.TICK_RECOVERY, lambda h: (h.item_id, RecoveryState.DONE, None, 1)),
    "recovery.override_day": (Verb.OVERRIDE_RECOVERY, lambda h: (h.checklist_id, "sutures", 9, "reason", 1)),
    "recovery.set_routine_days": (Verb.OVERRIDE_RECOVERY, lambda h: (h.checklist_id, 10, "reason", 1)),
    "recovery.report_red_flag": (Verb.VIEW_RECOVERY, lambda h: (h.checklist_id, "fever")),
    "recovery_board.read_board": (Verb.VIEW_RECOVERY, lambda h: ()),
    "recovery_board.board": (Verb.VIEW_RECOVERY, lambda h: ()),
    "recovery_protocol.open_protocol": (Verb.VIEW_RECOVERY, lambda h: ()),
    "recovery_protocol.approve_protocol": (Verb.APPROVE_PROTOCOL, lambda h: ()),
    "recovery_view.read_recovery": (Verb.VIEW_RECOVERY, lambda h: (h.patient_id,)),
    "recovery_view.open_checklist": (Verb.VIEW_RECOVERY, lambda h: (h.case_id,)),
    "removal.open_removal": (Verb.VIEW_CASE, lambda h: (h.operation_id, Side.RIGHT)),
    "removal.save_removal": (Verb.EDIT_HISTORY, lambda h: (NEW, REMOVAL_FORM.empty(), h.operation_id, Side.RIGHT)),
    "outstanding.list_outstanding": (Verb.VIEW_CASE, lambda h: ()),
    "revision.open_case": (Verb.VIEW_CASE, lambda h: (h.case_id,)),
    "revision.save_case": (Verb.EDIT_CASE, lambda h: (*stored(h, CASE_FORM, h.case_id), h.patient_id)),
    "revision.find_newest_case": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "revision.open_case_file": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id)),
    "revision.open_plan": (Verb.VIEW_CASE, lambda h: (h.plan_id,)),
    "revision.save_plan": (Verb.EDIT_PLAN, lambda h: (*stored(h, PLAN_FORM, h.plan_id), h.patient_id, h.case_id)),
    "ready_to_sign.devices_in_place": (Verb.VIEW_CASE, lambda h: (h.patient_id, CASE_FORM.empty())),
    "ready_to_sign.read_facts": (Verb.VIEW_CASE, lambda h: (h.patient_id, h.case_id, CASE_FORM.empty())),
    "revision.sign_plan": (Verb.SIGN_PLAN, lambda h: (h.plan_id, 1)),
    "revision.amend_plan": (Verb.EDIT_PLAN, lambda h: (h.plan_id, "reason")),
    "revision.close_case": (Verb.EDIT_CASE, lambda h: (h.case_id,)),
    "revision.reopen_case": (Verb.EDIT_CASE, lambda h: (h.case_id,)),
    "search.find_patients": (Verb.VIEW_PATIENT, lambda h: ("",)),
    "search.find_by_record_number": (Verb.VIEW_PATIENT, lambda h: ("1",)),
    "search.recent_patients": (Verb.VIEW_PATIENT, lambda h: ()),
    "signing.broken_signatures": (Verb.CHECK_STORE, lambda h: ()),
    "withdrawal.take_out_consent": (Verb.EDIT_CONSENT, lambda h: (1, 1, "begun by mistake")),
    "withdrawal.withdraw_complication": (Verb.EDIT_COMPLICATION, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_operation": (Verb.EDIT_HISTORY, lambda h: (h.operation_id, 1, "recorded twice")),
    "withdrawal.withdraw_matrix": (Verb.EDIT_HISTORY, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_drain": (Verb.EDIT_HISTORY, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_examination": (Verb.EDIT_CASE, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_imaging": (Verb.EDIT_HISTORY, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_removal": (Verb.EDIT_HISTORY, lambda h: (1, 1, "recorded twice")),
    "withdrawal.withdraw_report": (Verb.EDIT_REPORT, lambda h: (1, 1, "begun by mistake")),
    "timeline.read_timeline": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
    "timeline_page.print_timeline": (Verb.VIEW_CASE, lambda h: (h.patient_id,)),
}

INTERNAL = {
    "complication.link_facts": "part of the services that ask",
    "safety_facts.read_facts": "part of the services that ask",
    "safety_facts.sides_begun": "part of the services that ask",
    "safety_file.file_of": "part of the services that ask",
    "safety_file.stored_phases": "part of the services that ask",
    "account.actor_for": "asked while signing in, before there is anybody who could be asked",
    "account.key_slots": "hands on what the unit of work holds",
    "attachment.refuse_while_files_hang": "a refusal; part of the services that ask",
    "audit.write_audit": "part of the services that ask",
    "consent.facts_of": "part of the services that ask",
    "consent.withdrawal_of": "part of the services that ask",
    "context.actor_of": "part of the services that ask",
    "context.circumstances": "reads the clock",
    "context.now": "reads the clock",
    "context.require": "asks",
    "context.today": "reads the clock",
    "device_record.held_devices": "part of the services that ask",
    "diagnosis_code.codes_of_case": "part of the services that ask",
    "diagnosis_code.date_codes": "part of the services that ask",
    "indication.chosen_tiers": "part of the services that ask",
    "indication.let_go_of_findings": "part of the services that ask",
    "indication.refuse_while_findings_rest": "a refusal; part of the services that ask",
    "indication_beside.known_beside": "part of the services that ask",
    "draft.drop_draft": "one's own drafts, by one's own account",
    "draft.find_draft": "one's own drafts, by one's own account",
    "draft.keep_draft": "one's own drafts, by one's own account",
    "draft.list_drafts": "one's own drafts, by one's own account",
    "draft.follow_patient": "part of merging, which asks",
    "draft.follow_case": "part of saving a case, which asks",
    "label_carrier.carriers": "part of reading a label, which asks",
    "label_place.place_of": "part of reading a label, which asks",
    "letterhead.read_patient_lines": "part of the pages, which ask",
    "letterhead.read_practice_lines": "the letterhead, on every page whoever prints it",
    "merge_preview.both_records": "part of merging, which asks",
    "merge_rows.fingerprint": "part of merging, which asks",
    "merge_rows.hand_over": "part of merging, which asks",
    "merge_rows.hanging_on": "part of merging, which asks",
    "merge_rows.rows_of": "part of merging, which asks",
    "operation.chains_together": "part of merging, which asks",
    "operation.relink": "part of the services that ask",
    "operation.operation_snapshot": "part of the services that ask",
    "operation_content.operation_content": "part of the services that ask",
    "operation_content.operation_hash": "part of the services that ask",
    "operation_content.patients_of": "part of checking signatures, which asks",
    "operative_report.content_now": "part of the services that ask",
    "report_file.newest_signed_plan": "part of the services that ask",
    "report_file.plan_of": "part of the services that ask",
    "report_file.read_facts": "part of the services that ask",
    "report_file.report_versions": "part of the services that ask",
    "report_follow.follow_report": "part of saving a report, which asks",
    "report_guard.is_signed": "a yes or no; part of the services that ask",
    "report_guard.refuse_change_of_signed": "a refusal; part of the services that ask",
    "report_guard.refuse_if_signed": "a refusal; part of the services that ask",
    "operation_devices.check_devices": "part of saving an operation, which asks",
    "operation_devices.count_versions": "part of saving an operation, which asks",
    "operation_devices.keep_numbers": "part of saving an operation, which asks",
    "operation_devices.make_room_for_device": "part of saving an operation, which asks",
    "patient.require_hers": "a refusal; part of the services that ask",
    "patient.open_case_id": "part of the services that ask",
    "patient.standing_id": "a number and nothing about it; part of the services that ask",
    "practice.is_demo": "the watermark, on every page whoever prints it",
    "record.check_values": "looks at what is handed in",
    "record.finish_save": "part of the services that ask",
    "record.get_record": "part of the services that ask",
    "record.load_form": "part of the services that ask",
    "records_request.open_request": "part of the services that ask",
    "recovery_protocol.approval_of": "part of the services that ask",
    "recovery_view.load_checklist": "part of the services that ask",
    "recovery_view.signed_plan": "part of the services that ask",
    "revision.find_open_case": "an id and nothing about it; part of the services that ask",
    "search_index.forget_device_numbers": "part of the services that ask",
    "search_index.keep_device_numbers": "part of the services that ask",
    "search_index.keep_findable": "part of the services that ask",
    "search_index.keep_patient": "part of the services that ask",
    "search_rebuild.rebuild_search_index": "spells out anew what is stored; asked while a store is opened or filled",
    "search_rebuild.refresh_search_index": "asked while a store is opened, before there is anybody who could be asked",
    "signing.sign": "part of the services that ask",
    "sticker.ask_about_sticker": "part of the services that ask; another patient is told by record number alone",
    "sticker.placed_in": "part of the services that ask",
    "sticker.record_number_of": "part of the services that ask",
    "timeline_event.read_events": "part of the services that ask",
    "timeline_words.read_told": "part of the services that ask",
}

NOT_OFFERED_YET = {
    Verb.VIEW_AUDIT: "no screen shows the audit yet",
}


class TakenBackError(Exception):
    """Ends a unit of work so that the next question finds the house as it was."""


def stored(house: House, form: Any, record_id: int) -> tuple[Snapshot, dict[str, Any]]:
    with house.practice.database.unit_of_work(house.practice.actor) as session:
        snapshot = open_record(session, form, record_id)
    return snapshot, dict(snapshot.values)


def stored_practice(house: House) -> tuple[Snapshot, dict[str, Any]]:
    with house.practice.database.unit_of_work(house.practice.actor) as session:
        snapshot = open_practice(session)
    return snapshot, dict(snapshot.values)


def public_services() -> Iterator[str]:
    """Everything that takes a session, by module and name."""
    for module in pkgutil.iter_modules(desktop.services.__path__):
        loaded = importlib.import_module(f"desktop.services.{module.name}")
        for name, function in vars(loaded).items():
            is_own = inspect.isfunction(function) and function.__module__ == loaded.__name__
            if (
                is_own
                and not name.startswith("_")
                and next(iter(inspect.signature(function).parameters), "") == "session"
            ):
                yield f"{module.name}.{name}"


def service(name: str) -> Callable[..., Any]:
    module, function = name.split(".")
    found: Callable[..., Any] = getattr(importlib.import_module(f"desktop.services.{module}"), function)
    return found


@pytest.fixture
def house(practice: OpenPractice, add_patient: Callable[..., int]) -> House:
    cheap_slots(practice)
    patient_id, checklist = add_recovering_patient(practice, add_patient, language=None)
    with practice.database.unit_of_work(practice.actor) as session:
        case = find_newest_case(session, patient_id)
        assert case is not None
        operation_id = read_history(session, patient_id).operations[0].id
        opened = open_note(session, checklist.case_id).note
        note = save_note(session, opened, note_values(), checklist.case_id)
        document = issue_recovery_handout(session, patient_id)
        request = make_request(session, NEW, ASKED, patient_id, operation_id)
        row = add_account(session, "ros", "Ros", (Role.NURSE,), PASSWORD, frozenset())
    assert note.id is not None
    assert case.plan.id is not None
    item = checklist.days[0].items[0]
    return House(
        practice, patient_id, checklist.case_id, case.plan.id, note.id, operation_id, checklist.id, item.id,
        document.id, row.id, add_patient(family_name="Okafer"), request.row.id,
    )  # fmt: skip


def cheap_slots(practice: OpenPractice) -> None:
    key = unlock(practice.folder, SURGEON, conftest.PASSWORD)
    practice.database.key_slots = VaultSlots(practice.folder, key, CHEAP)


def ask(house: House, name: str, arguments: tuple[Any, ...], *roles: Role) -> PermissionDenied | None:
    """The refusal that somebody with these roles gets, or None. Nothing of what was done stays."""
    number = house.practice.actor.account_id + 1_000
    return ask_as(house, name, arguments, Actor(number, "Somebody", frozenset(roles), "test"))


def ask_as(house: House, name: str, arguments: tuple[Any, ...], actor: Actor | None) -> PermissionDenied | None:
    try:
        with house.practice.database.unit_of_work(actor) as session:
            found = service(name)(session, *arguments)
            if inspect.isgenerator(found):
                list(found)
            raise TakenBackError
    except PermissionDenied as refusal:
        return refusal
    except (TakenBackError, UserError):
        return None


def test_that_every_public_service_is_listed_with_its_verb_or_as_internal() -> None:
    assert sorted(public_services()) == sorted((*GUARDED, *INTERNAL))


def test_that_every_verb_is_asked_for_by_a_service() -> None:
    assert {verb for verb, _arguments in GUARDED.values()} | set(NOT_OFFERED_YET) == set(Verb)


def test_that_a_service_is_refused_to_every_role_without_its_verb_and_to_no_other(house: House) -> None:
    wrong = []
    for name, (verb, arguments) in GUARDED.items():
        given = arguments(house)
        for role in Role:
            refusal = ask(house, name, given, role)
            if (refusal is None) is not may({role}, verb):
                wrong.append(f"{name} asked by {role.label}: {refusal or 'not refused'}")
    assert wrong == []


def test_that_nobody_without_a_role_or_without_signing_in_does_anything(house: House) -> None:
    wrong = []
    for name, (_verb, arguments) in GUARDED.items():
        given = arguments(house)
        if ask(house, name, given) is None:
            wrong.append(f"{name} without a role")
        if "Nobody is signed in" not in str(ask_as(house, name, given, None)):
            wrong.append(f"{name} without signing in")
    assert wrong == []


def test_that_a_password_of_ones_own_needs_no_role(practice: OpenPractice) -> None:
    cheap_slots(practice)
    nobody = Actor(practice.actor.account_id, "Somebody", frozenset(), "test")
    with practice.database.unit_of_work(nobody) as session:
        change_password(session, nobody.account_id, PASSWORD, frozenset())
