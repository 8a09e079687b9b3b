"""The parts of a case in the order in which a case is worked through."""

from __future__ import annotations

from desktop.ui.revision.consent.part import ConsentPart
from desktop.ui.revision.examination.part import ExaminationPart
from desktop.ui.revision.outcome.part import OutcomePart
from desktop.ui.revision.part import CasePart
from desktop.ui.revision.safety.part import SafetyPart
from desktop.ui.revision.surgery.part import SurgeryPart

ASSESSMENT, EXAMINATION, PLAN = "assessment", "examination", "plan"
CONSENT, SAFETY, SURGERY, OUTCOME = "consent", "safety", "surgery", "outcome"

ORDER = (ASSESSMENT, EXAMINATION, PLAN, CONSENT, SAFETY, SURGERY, OUTCOME)

_PAGES: tuple[type[CasePart], ...] = (ExaminationPart, ConsentPart, SafetyPart, SurgeryPart, OutcomePart)

PARTS = {page.key: page for page in _PAGES}
"""Those that are pages of their own; assessment and plan belong to the case page itself."""

_TITLES = {ASSESSMENT: "Assessment", PLAN: "Plan"} | {page.key: page.title for page in _PAGES}
BAR = [(key, _TITLES[key]) for key in ORDER if key in _TITLES]
