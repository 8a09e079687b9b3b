"""Every closed list of answers: a stable code for the store, a label for people. Imports nothing of ours.

The vocabulary is that of the clinical reference, sections 1.3 to 1.6, 2.2 to 2.6, 4 and 5.
"""

from __future__ import annotations

import enum
from typing import Final, Self


class Unknown(enum.Enum):
    """`UNKNOWN` is an answer somebody gave on purpose; None means nobody asked."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


class Choice(enum.StrEnum):
    label: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def from_code(cls, code: str) -> Self:
        return next(choice for choice in cls if choice.value == code)


class Side(Choice):
    RIGHT = "R", "RIGHT"
    LEFT = "L", "LEFT"

    @property
    def other(self) -> Side:
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Role(Choice):
    FRONT_DESK = "front_desk", "Front desk"
    NURSE = "nurse", "Nurse"
    ANESTHESIA = "anesthesia", "Anesthesia"
    SURGEON = "surgeon", "Surgeon"
    ADMINISTRATOR = "administrator", "Administrator"


class PaperSize(Choice):
    LETTER = "letter", "Letter (8.5 × 11 in)"
    A4 = "a4", "A4 (210 × 297 mm)"


class Language(Choice):
    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    FRENCH = "fr", "French"
    GERMAN = "de", "German"
    PORTUGUESE = "pt", "Portuguese"
    ARABIC = "ar", "Arabic"
    CHINESE = "zh", "Chinese"
    RUSSIAN = "ru", "Russian"
    JAPANESE = "ja", "Japanese"
    OTHER = "other", "Another language"


class Sex(Choice):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INTERSEX = "intersex", "Intersex"


class SmokingStatus(Choice):
    NEVER = "never", "Never"
    FORMER = "former", "Former"
    CURRENT = "current", "Current"


class Severity(Choice):
    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"
    ANAPHYLAXIS = "anaphylaxis", "Anaphylaxis"


class Source(Choice):
    """Who or what says so; a fact about the past carries one."""

    SCANNED = "scanned", "scanned"
    DEVICE_CARD = "device_card", "device card"
    OPERATION_REPORT = "operation_report", "operation report"
    LETTER = "letter", "surgeon's letter"
    IMAGING = "imaging", "imaging"
    PATIENT = "patient", "patient's memory"
    OWN_RECORD = "own_record", "our own record"


class OperationKind(Choice):
    AUGMENTATION = "augmentation", "Augmentation"
    EXCHANGE = "exchange", "Implant exchange"
    REMOVAL = "removal", "Implant removal"
    AUGMENTATION_MASTOPEXY = "augmentation_mastopexy", "Augmentation with lift"
    MASTOPEXY = "mastopexy", "Breast lift"
    REDUCTION = "reduction", "Breast reduction"
    CAPSULE_SURGERY = "capsule_surgery", "Capsule or pocket surgery"
    RECONSTRUCTION = "reconstruction", "Reconstruction"
    OTHER = "other", "Other breast operation"


class SideEvent(Choice):
    """What one operation did to the device in one side; `LEFT_IN` and `ADDED` leave one behind without function."""

    NONE = "none", "Not operated"
    IMPLANTED = "implanted", "Device put in"
    EXCHANGED = "exchanged", "Old device out, new device in"
    REMOVED = "removed", "Device removed"
    KEPT = "kept", "Operated, device unchanged"
    LEFT_IN = "left_in", "Device left in, without function"
    ADDED = "added", "New device in, old one left in without function"


class DeviceClass(Choice):
    """What kind of device it is (2.2); a sizer is tried and never stays."""

    IMPLANT = "implant", "Implant"
    EXPANDER = "expander", "Tissue expander"
    PORT = "port", "Port"
    SIZER = "sizer", "Sizer"


class Port(Choice):
    INTEGRATED_MAGNETIC = "integrated_magnetic", "In the device, magnetic"
    INTEGRATED_RFID = "integrated_rfid", "In the device, RFID"
    REMOTE = "remote", "Remote, under the skin"
    EXTERNAL = "external", "External"


class UdiIssuer(Choice):
    """Who issues the device identifier on a label (2.8)."""

    GS1 = "gs1", "GS1"
    HIBCC = "hibcc", "HIBCC"
    ICCBBA = "iccbba", "ICCBBA"


class LabelEntry(Choice):
    """How the text of a label came into the record."""

    SCANNED = "scanned", "Scanned"
    PASTED = "pasted", "Pasted"
    PICTURE = "picture", "Read from a picture"


class Fill(Choice):
    SILICONE_GEL = "silicone_gel", "Silicone gel"
    SILICONE_GEL_DUAL = "silicone_gel_dual", "Silicone gel, two gels"
    SALINE_FIXED = "saline_fixed", "Saline, fixed volume"
    SALINE_ADJUSTABLE = "saline_adjustable", "Saline, adjustable"
    SALINE_STRUCTURED = "saline_structured", "Structured saline"
    DOUBLE_LUMEN_GEL_INNER = "double_lumen_gel_inner", "Double lumen, gel inside"
    DOUBLE_LUMEN_SALINE_INNER = "double_lumen_saline_inner", "Double lumen, saline inside"
    LIGHTWEIGHT_GEL = "lightweight_gel", "Lightweight gel"
    SOYA_OIL = "soya_oil", "Soya oil"
    HYDROGEL = "hydrogel", "Hydrogel"
    OTHER = "other", "Other"


class Shape(Choice):
    ROUND = "round", "Round"
    ANATOMICAL = "anatomical", "Anatomical"
    ERGONOMIC_ROUND = "ergonomic_round", "Ergonomic round"
    OTHER = "other", "Other"


class Surface(Choice):
    """The class as the maker states it; never computed from a brand name (2.3)."""

    SMOOTH = "smooth", "Smooth"
    MICROTEXTURED = "microtextured", "Microtextured"
    MACROTEXTURED = "macrotextured", "Macrotextured"
    POLYURETHANE = "polyurethane", "Polyurethane"
    TEXTURED = "textured", "Textured, class not stated"


class SurfaceEdition(Choice):
    """The edition of ISO 14607 the class is stated by; they grade differently (2.3)."""

    ISO_2018 = "iso_14607_2018", "ISO 14607:2018"
    ISO_2024 = "iso_14607_2024", "ISO 14607:2024"
    NOT_STATED = "not_stated", "Edition not stated"


class Profile(Choice):
    LOW = "low", "Low"
    LOW_PLUS = "low_plus", "Low plus"
    MODERATE = "moderate", "Moderate"
    MODERATE_PLUS = "moderate_plus", "Moderate plus"
    HIGH = "high", "High"
    EXTRA_HIGH = "extra_high", "Extra high"


class Plane(Choice):
    SUBGLANDULAR = "subglandular", "Subglandular"
    SUBFASCIAL = "subfascial", "Subfascial"
    SUBPECTORAL_PARTIAL = "subpectoral_partial", "Subpectoral, partial"
    SUBMUSCULAR_TOTAL = "submuscular_total", "Submuscular, total"
    DUAL_PLANE_I = "dual_plane_1", "Dual plane I"
    DUAL_PLANE_II = "dual_plane_2", "Dual plane II"
    DUAL_PLANE_III = "dual_plane_3", "Dual plane III"
    PREPECTORAL = "prepectoral", "Prepectoral"
    SUBCUTANEOUS = "subcutaneous", "Subcutaneous"
    NEO_SUBPECTORAL = "neo_subpectoral", "Neo-subpectoral"
    OTHER = "other", "Other"


class Incision(Choice):
    INFRAMAMMARY = "inframammary", "Inframammary"
    PERIAREOLAR = "periareolar", "Periareolar"
    TRANSAREOLAR = "transareolar", "Transareolar"
    TRANSAXILLARY = "transaxillary", "Transaxillary"
    TRANSUMBILICAL = "transumbilical", "Transumbilical"
    MASTOPEXY_INCISION = "mastopexy_incision", "Lift pattern"
    MASTECTOMY_SCAR = "mastectomy_scar", "Mastectomy scar"
    THROUGH_PREVIOUS_SCAR = "through_previous_scar", "Through previous scar"
    OTHER = "other", "Other"


class MatrixKind(Choice):
    """Where a matrix or mesh comes from (2.7)."""

    ADM_HUMAN = "adm_human", "Dermal matrix, human"
    ADM_ANIMAL = "adm_animal", "Dermal matrix, animal"
    MESH_RESORBABLE = "mesh_resorbable", "Mesh, resorbable"
    MESH_PERMANENT = "mesh_permanent", "Mesh, permanent"
    OTHER = "other", "Other"


class MatrixPosition(Choice):
    INFERIOR_SLING = "inferior_sling", "Inferior sling"
    ANTERIOR_WRAP = "anterior_wrap", "Anterior wrap"
    TOTAL_WRAP = "total_wrap", "Total wrap"
    PARTIAL = "partial", "Partial"
    OTHER = "other", "Other"


class DrainKind(Choice):
    """Closed suction (2.7)."""

    FLAT = "flat", "Jackson-Pratt, flat"
    ROUND = "round", "Jackson-Pratt, round"
    BLAKE = "blake", "Blake"
    OTHER = "other", "Other"


class RemovedCondition(Choice):
    """In what state a device came out; several can be true at once."""

    INTACT = "intact", "Intact"
    RUPTURE_INTRACAPSULAR = "rupture_intracapsular", "Ruptured, gel inside the capsule"
    RUPTURE_EXTRACAPSULAR = "rupture_extracapsular", "Ruptured, gel outside the capsule"
    GEL_BLEED = "gel_bleed", "Gel bleed"
    DEFLATED = "deflated", "Deflated"
    VALVE_LEAK = "valve_leak", "Valve leak"
    DISCOLORED = "discolored", "Discolored"
    FLIPPED = "flipped", "Flipped"
    ROTATED = "rotated", "Rotated"


class Capsule(Choice):
    THIN = "thin", "Thin"
    THICK = "thick", "Thick"
    CALCIFIED = "calcified", "Calcified"


class Capsulectomy(Choice):
    NONE = "none", "Left in"
    PARTIAL = "partial", "Partly removed"
    TOTAL = "total", "Removed"
    EN_BLOC = "en_bloc", "Removed en bloc"


class Fluid(Choice):
    NONE = "none", "None"
    SEROUS = "serous", "Serous"
    TURBID = "turbid", "Turbid"
    BLOOD = "blood", "Blood"


class SpecimenKind(Choice):
    CYTOLOGY = "cytology", "Cytology"
    CD30 = "cd30", "CD30"
    CULTURE = "culture", "Culture"
    HISTOLOGY = "histology", "Histology of the capsule"
    OTHER = "other", "Other"


class Disposition(Choice):
    """Where a device went that came out (2.2)."""

    RETURNED = "returned", "Returned to the maker"
    PATHOLOGY = "pathology", "Pathology"
    PATIENT = "patient", "Given to the patient"
    DESTROYED = "destroyed", "Destroyed"
    KEPT = "kept", "Kept here"


class WarrantyState(Choice):
    NOT_COVERED = "not_covered", "No warranty applies"
    TO_CLAIM = "to_claim", "To be claimed"
    CLAIMED = "claimed", "Claimed"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


class ImagingKind(Choice):
    MRI = "mri", "MRI"
    ULTRASOUND = "ultrasound", "Ultrasound"
    MAMMOGRAPHY = "mammography", "Mammography"
    CT = "ct", "CT"
    OTHER = "other", "Other imaging"


class ImagingFinding(Choice):
    """What the report says of the device in one side; the program reads no picture."""

    NO_RUPTURE = "no_rupture", "No rupture seen"
    RUPTURE_SUSPECTED = "rupture_suspected", "Rupture suspected"
    RUPTURE_INTRACAPSULAR = "rupture_intracapsular", "Rupture inside the capsule"
    RUPTURE_EXTRACAPSULAR = "rupture_extracapsular", "Rupture outside the capsule"
    FLUID = "fluid", "Fluid around the device"
    LYMPH_NODES = "lymph_nodes", "Silicone in lymph nodes"
    EQUIVOCAL = "equivocal", "Not conclusive"
    OTHER = "other", "Other finding"


class RecipientKind(Choice):
    """Who is asked for records."""

    SURGEON = "surgeon", "Former surgeon"
    HOSPITAL = "hospital", "Hospital or clinic"
    MANUFACTURER = "manufacturer", "Manufacturer"


class RequestState(Choice):
    OPEN = "open", "Waiting"
    ANSWERED = "answered", "Answered"
    NOTHING_KEPT = "nothing_kept", "No records kept"
    WITHDRAWN = "withdrawn", "No longer needed"


class Indication(Choice):
    """Why she came or what was found (1.5)."""

    RUPTURE_GEL_INTRA = "rupture_gel_intra", "Gel rupture, inside the capsule"
    RUPTURE_GEL_EXTRA = "rupture_gel_extra", "Gel rupture, outside the capsule"
    DEFLATION_SALINE = "deflation_saline", "Deflation"
    MALPOS_INFERIOR = "malpos_inferior", "Malposition, inferior"
    MALPOS_LATERAL = "malpos_lateral", "Malposition, lateral"
    MALPOS_SUPERIOR = "malpos_superior", "Malposition, superior"
    DOUBLE_BUBBLE = "double_bubble", "Double bubble"
    SYNMASTIA = "synmastia", "Symmastia"
    ROTATION = "rotation", "Rotation"
    FLIP = "flip", "Flipped implant"
    CAPSULAR_CONTRACTURE = "capsular_contracture", "Capsular contracture"
    RIPPLING = "rippling", "Rippling"
    SIZE_UP = "size_up", "Wish for larger"
    SIZE_DOWN = "size_down", "Wish for smaller"
    RESHAPE = "reshape", "Wish for another shape"
    ASYMMETRY = "asymmetry", "Asymmetry"
    PTOSIS = "ptosis", "Ptosis"
    PSEUDOPTOSIS = "pseudoptosis", "Pseudoptosis"
    TISSUE_CHANGE = "tissue_change", "Tissue change after pregnancy, weight or age"
    ANIMATION = "animation", "Animation deformity"
    EXPOSURE = "exposure", "Implant exposed"
    EXTRUSION = "extrusion", "Implant extruding"
    THREATENED_EXPOSURE = "threatened_exposure", "Threatened exposure"
    INFECTION = "infection", "Infection"
    HAEMATOMA_ACUTE = "haematoma_acute", "Hematoma, acute"
    HAEMATOMA_LATE = "haematoma_late", "Hematoma, late"
    SEROMA_EARLY = "seroma_early", "Seroma, within 12 months"
    SEROMA_LATE = "seroma_late", "Seroma, 12 months or later"
    BIA_ALCL = "bia_alcl", "BIA-ALCL"
    BIA_SCC = "bia_scc", "BIA-SCC or other capsule lymphoma"
    SYSTEMIC_SYMPTOMS = "systemic_symptoms", "Systemic symptoms"
    BREAST_CANCER = "breast_cancer", "Breast cancer"
    MASS = "mass", "Mass"
    RECALLED_DEVICE_CONCERN = "recalled_device_concern", "Concern about a recalled device"
    PAIN_CHRONIC = "pain_chronic", "Chronic pain"
    NERVE_SYMPTOM = "nerve_symptom", "Nerve symptom"
    SCAR_PROBLEM = "scar_problem", "Scar problem"
    NAC_PROBLEM = "nac_problem", "Nipple or areola problem"
    PATIENT_REQUEST_EXPLANT = "patient_request_explant", "Wish for removal"


class UrgencyTier(Choice):
    """1.1; the office's own instruction text goes with it. The program files it and triages nobody."""

    U0 = "u0", "Emergency"
    U1 = "u1", "Same-day call"
    U2 = "u2", "Expedite"
    U3 = "u3", "Routine"


class IndicationLayer(Choice):
    PATIENT = "patient", "Patient says"
    SURGEON = "surgeon", "Surgeon assesses"
    FOUND = "found", "Found at surgery"


class Baker(Choice):
    """Baker 1975, Spear and Baker 1995 (1.3)."""

    I = "1", "Baker I"  # noqa: E741
    II = "2", "Baker II"
    III = "3", "Baker III"
    IV = "4", "Baker IV"
    IA = "1a", "Baker IA"
    IB = "1b", "Baker IB"


class BakerScale(Choice):
    """Which scale a grade was given by; only the variant of 1995 parts grade I in two (1.3)."""

    BAKER = "baker", "Baker"
    RECONSTRUCTION_1995 = "recon_1995", "After reconstruction, 1995"


class Rippling(Choice):
    NONE = "none", "None seen"
    PALPABLE = "palpable", "Felt, not seen"
    BENDING = "bending", "Seen when bending"
    UPRIGHT = "upright", "Seen upright"


class Quadrant(Choice):
    UPPER_OUTER = "upper_outer", "Upper outer"
    UPPER_INNER = "upper_inner", "Upper inner"
    LOWER_OUTER = "lower_outer", "Lower outer"
    LOWER_INNER = "lower_inner", "Lower inner"


class Displacement(Choice):
    NONE = "none", "None"
    SUPERIOR = "superior", "Upward"
    INFERIOR = "inferior", "Downward"
    LATERAL = "lateral", "Outward"
    MEDIAL = "medial", "Toward the midline"


class Ptosis(Choice):
    """Regnault 1976 (1.3); the original has no centimetres and neither has this list."""

    NONE = "none", "None"
    GRADE_I = "1", "Grade I"
    GRADE_II = "2", "Grade II"
    GRADE_III = "3", "Grade III"
    PSEUDOPTOSIS = "pseudoptosis", "Pseudoptosis"
    PARENCHYMAL_MALDISTRIBUTION = "maldistribution", "Parenchymal maldistribution"


class PlanStep(Choice):
    """Strategy vocabulary (1.4)."""

    IMPLANT_EXCHANGE = "implant_exchange", "Implant exchange"
    EXPLANT_ONLY = "explant_only", "Removal only"
    EXPLANT_LIFT = "explant_lift", "Removal with lift"
    EXPLANT_FAT = "explant_fat", "Removal with fat grafting"
    IMPLANT_INSERTION = "implant_insertion", "Implant, first time"
    CAPSULOTOMY = "capsulotomy", "Capsulotomy"
    CAPSULECTOMY_PARTIAL = "capsulectomy_partial", "Partial capsulectomy"
    CAPSULECTOMY_TOTAL = "capsulectomy_total", "Total capsulectomy"
    CAPSULECTOMY_TOTAL_INTACT = "capsulectomy_total_intact", "Total intact capsulectomy"
    EN_BLOC = "en_bloc", "En bloc resection"
    CAPSULE_RETAINED = "capsule_retained", "Capsule retained"
    CAPSULORRHAPHY_INFERIOR = "capsulorrhaphy_inferior", "Capsulorrhaphy, inferior"
    CAPSULORRHAPHY_LATERAL = "capsulorrhaphy_lateral", "Capsulorrhaphy, lateral"
    CAPSULORRHAPHY_MEDIAL = "capsulorrhaphy_medial", "Capsulorrhaphy, medial"
    CAPSULORRHAPHY_SUPERIOR = "capsulorrhaphy_superior", "Capsulorrhaphy, superior"
    CAPSULAR_FLAP = "capsular_flap", "Capsular flap"
    POCKET_CHANGE = "pocket_change", "Pocket change"
    NEO_SUBPECTORAL = "neo_subpectoral", "Neo-subpectoral pocket"
    NEO_POCKET_OTHER = "neo_pocket_other", "New pocket, other plane"
    IMF_REPAIR = "imf_repair", "Fold repair"
    SYNMASTIA_REPAIR = "synmastia_repair", "Symmastia repair"
    SUPPORT_ADM = "support_adm", "Acellular dermal matrix"
    SUPPORT_MESH = "support_mesh", "Mesh support"
    MASTOPEXY_CRESCENT = "mastopexy_crescent", "Lift, crescent"
    MASTOPEXY_PERIAREOLAR = "mastopexy_periareolar", "Lift, periareolar"
    MASTOPEXY_VERTICAL = "mastopexy_vertical", "Lift, vertical"
    MASTOPEXY_INVERTED_T = "mastopexy_inverted_t", "Lift, inverted T"
    MASTOPEXY_L_OR_J = "mastopexy_l_or_j", "Lift, L or J"
    MASTOPEXY_INTERNAL = "mastopexy_internal", "Lift, internal"
    AUG_MASTOPEXY = "aug_mastopexy", "Augmentation with lift"
    REDUCTION = "reduction", "Reduction"
    FAT_GRAFT = "fat_graft", "Fat grafting"
    NAC_CORRECTION = "nac_correction", "Nipple-areola correction"
    SCAR_REVISION = "scar_revision", "Scar revision"
    MUSCLE_REPAIR = "muscle_repair", "Muscle repair"
    WASHOUT_DRAIN = "washout_drain", "Washout and drain"
    WASHOUT_EXCHANGE = "washout_exchange", "Washout and exchange"
    DELAYED_REIMPLANT = "delayed_reimplant", "Reimplantation later"
    ASPIRATE_DIAG = "aspirate_diag", "Diagnostic aspiration"
    NON_OPERATIVE = "non_operative", "No operation"
    REFER = "refer", "Referral"


class AnesthesiaKind(Choice):
    LOCAL_SEDATION = "local_sedation", "Local with sedation"
    LOCAL = "local", "Local only"
    REGIONAL_SEDATION = "regional_sedation", "Regional block with sedation"
    GENERAL = "general", "General"


class SedationDepth(Choice):
    """ASA 2019 (4.11)."""

    MINIMAL = "minimal", "Minimal"
    MODERATE = "moderate", "Moderate"
    DEEP = "deep", "Deep"


class AsaClass(Choice):
    """ASA physical status, assigned on the day by the anesthesia clinician; never inferred (4.2)."""

    I = "1", "ASA I"  # noqa: E741
    II = "2", "ASA II"
    III = "3", "ASA III"
    IV = "4", "ASA IV"
    V = "5", "ASA V"


class Mallampati(Choice):
    """Modified, Samsoon and Young 1987 (4.3)."""

    I = "1", "I"  # noqa: E741
    II = "2", "II"
    III = "3", "III"
    IV = "4", "IV"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class YesNo(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"


class PregnancyStatement(Choice):
    NEGATIVE = "negative", "Test negative"
    POSITIVE = "positive", "Test positive"
    DECLINED = "declined", "Test declined"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class SedationScale(Choice):
    """The scales run in opposite directions, so the name always goes with the value (4.12)."""

    MOAAS = "moaas", "MOAA/S"
    RASS = "rass", "RASS"
    RAMSAY = "ramsay", "Ramsay"


class DoseUnit(Choice):
    """A closed list; never the Greek letter (8, trap 3)."""

    MG = "mg", "mg"
    MCG = "mcg", "mcg"
    G = "g", "g"
    ML = "mL", "mL"
    ML_PER_H = "mL/h", "mL/h"
    MCG_PER_KG_MIN = "mcg/kg/min", "mcg/kg/min"
    MCG_PER_KG_H = "mcg/kg/h", "mcg/kg/h"
    L_PER_MIN = "L/min", "L/min"
    UNITS = "units", "units"
    MEQ = "mEq", "mEq"


class Drug(Choice):
    """Names only; no doses, no advice (4.13, 4.14). Tall letters part the look-alikes."""

    MIDAZOLAM = "midazolam", "Midazolam"
    DIAZEPAM = "diazepam", "Diazepam"
    REMIMAZOLAM = "remimazolam", "Remimazolam"
    FENTANYL = "fentanyl", "Fentanyl"
    SUFENTANIL = "sufentanil", "SUFentanil"
    REMIFENTANIL = "remifentanil", "Remifentanil"
    MORPHINE = "morphine", "Morphine"
    HYDROMORPHONE = "hydromorphone", "HYDROmorphone"
    PROPOFOL = "propofol", "Propofol"
    KETAMINE = "ketamine", "Ketamine"
    DEXMEDETOMIDINE = "dexmedetomidine", "Dexmedetomidine"
    LIDOCAINE = "lidocaine", "Lidocaine"
    LIDOCAINE_EPINEPHRINE = "lidocaine_epinephrine", "Lidocaine with epinephrine"
    BUPIVACAINE = "bupivacaine", "BUPivacaine"
    BUPIVACAINE_EPINEPHRINE = "bupivacaine_epinephrine", "BUPivacaine with epinephrine"
    ROPIVACAINE = "ropivacaine", "ROPivacaine"
    LIPOSOMAL_BUPIVACAINE = "liposomal_bupivacaine", "Liposomal BUPivacaine"
    ONDANSETRON = "ondansetron", "Ondansetron"
    DEXAMETHASONE = "dexamethasone", "Dexamethasone"
    ACETAMINOPHEN = "acetaminophen", "Acetaminophen"
    KETOROLAC = "ketorolac", "Ketorolac"
    CEFAZOLIN = "cefazolin", "CeFAZolin"
    CLINDAMYCIN = "clindamycin", "Clindamycin"
    VANCOMYCIN = "vancomycin", "Vancomycin"
    TRANEXAMIC_ACID = "tranexamic_acid", "Tranexamic acid"
    EPHEDRINE = "ephedrine", "EPHEDrine"
    PHENYLEPHRINE = "phenylephrine", "Phenylephrine"
    LABETALOL = "labetalol", "Labetalol"
    EPINEPHRINE = "epinephrine", "EPINEPHrine"
    NALOXONE = "naloxone", "Naloxone"
    FLUMAZENIL = "flumazenil", "Flumazenil"
    LIPID_EMULSION = "lipid_emulsion", "Lipid emulsion 20 %"
    CRYSTALLOID = "crystalloid", "Crystalloid"
    OXYGEN = "oxygen", "Oxygen"


class Route(Choice):
    IV = "iv", "IV"
    INFILTRATION = "infiltration", "Infiltration"
    BLOCK = "block", "Nerve block"
    TUMESCENT = "tumescent", "Tumescent"
    TOPICAL = "topical", "Topical"
    ORAL = "oral", "Oral"
    NASAL = "nasal", "Nasal"
    INHALED = "inhaled", "Inhaled"


class CaseEvent(Choice):
    """Phase stamps of the record (4.10)."""

    IN_ROOM = "in_room", "In room"
    SEDATION_START = "sedation_start", "Sedation started"
    LOCAL_START = "local_start", "Local infiltration"
    INCISION = "incision", "Incision"
    IMPLANT_OUT = "implant_out", "Implant out"
    IMPLANT_IN = "implant_in", "Implant in"
    CLOSURE = "closure", "Closure"
    SEDATION_END = "sedation_end", "Sedation ended"
    OUT_OF_ROOM = "out_of_room", "Out of room"
    OTHER = "other", "Other event"


class Score(Choice):
    """One item of the modified Aldrete score, 1995 (4.16)."""

    TWO = "2", "2"
    ONE = "1", "1"
    ZERO = "0", "0"


class RecoveryState(Choice):
    """`NOT_ANSWERED` is never counted as done (5.2)."""

    NOT_ANSWERED = "not_answered", "Not answered"
    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    SKIPPED = "skipped", "Skipped"


class CardFormat(Choice):
    """The sizes of a device card: ISO/IEC 7810 ID-1, the same on a sheet to cut out and fold, and ISO 216 A6."""

    CARD = "card", "Credit-card size"
    SHEET = "sheet", "On a sheet, to cut and fold"
    A6 = "a6", "A6"


class DocumentKind(Choice):
    RECOVERY_HANDOUT = "recovery", "Recovering after your revision"
    RECORDS_REQUEST = "records_request", "Request for records"
    RECORDS_RELEASE = "records_release", "Release of records"
    DEVICE_CARD = "device_card", "Device card"
    CASE_LETTER = "case_letter", "Letter about a case"
    CONSENT_RECORD = "consent_record", "Consent record"


class ChestPlace(Choice):
    """Where on one side something is; the drawing places it from these words and they are what is printed."""

    UPPER_OUTER = "upper_outer", "Upper outer"
    UPPER_INNER = "upper_inner", "Upper inner"
    LOWER_OUTER = "lower_outer", "Lower outer"
    LOWER_INNER = "lower_inner", "Lower inner"
    UPPER_POLE = "upper_pole", "Upper pole"
    LOWER_POLE = "lower_pole", "Lower pole"
    OUTER = "outer", "Outer edge"
    INNER = "inner", "Inner edge"
    AREOLA = "areola", "Areola"
    NIPPLE = "nipple", "Nipple"
    FOLD = "fold", "Fold"
    AXILLA = "axilla", "Armpit"
    ABOVE = "above", "Above the breast"
    BELOW = "below", "Below the fold"
    MIDLINE = "midline", "Toward the midline"
    WHOLE = "whole", "Whole breast"


class MarkKind(Choice):
    """What is placed on the chest diagram."""

    RIPPLING = "rippling", "Rippling"
    DISPLACEMENT = "displacement", "Displacement"
    FIRMNESS = "firmness", "Firmness"
    PAIN = "pain", "Pain"
    LUMP = "lump", "Lump"
    SWELLING = "swelling", "Swelling"
    REDNESS = "redness", "Redness"
    THIN_SKIN = "thin_skin", "Thin skin"
    WOUND = "wound", "Wound"
    SCAR = "scar", "Scar"
    INCISION = "incision", "Planned incision"
    NUMBNESS = "numbness", "Numbness"
    OTHER = "other", "Other finding"


class RuptureSign(Choice):
    """What a report names; the program reads no picture (1.5)."""

    LINGUINE = "linguine", "Linguine sign"
    SUBCAPSULAR_LINE = "subcapsular_line", "Subcapsular line"
    KEYHOLE = "keyhole", "Keyhole, teardrop or noose"
    STEPLADDER = "stepladder", "Stepladder"
    SNOWSTORM = "snowstorm", "Snowstorm"
    SILICONE_OUTSIDE = "silicone_outside", "Silicone outside the capsule"
    SILICONE_IN_NODES = "silicone_in_nodes", "Silicone in lymph nodes"
    DENSE_SILICONE = "dense_silicone", "Dense silicone on mammogram"


class DeflationSpeed(Choice):
    HOURS = "hours", "Within hours"
    DAYS = "days", "Within days"
    SLOWER = "slower", "Slower"


class DeflationCause(Choice):
    VALVE = "valve", "Valve"
    SHELL = "shell", "Shell"
    NOT_SEEN = "not_seen", "Not seen"


class DoubleBubble(Choice):
    IMPLANT_BELOW_FOLD = "implant_below_fold", "Implant below the native fold"
    TISSUE_OVER_IMPLANT = "tissue_over_implant", "Tissue sliding over the implant"


class SeenWhen(Choice):
    """In which position something is visible."""

    UPRIGHT = "upright", "Upright"
    BENDING = "bending", "Bending forward"
    LYING = "lying", "Lying"
    ARMS_RAISED = "arms_raised", "Arms raised"
    FELT = "felt", "Felt only"


class SeenBy(Choice):
    TOUCH = "touch", "By touch"
    ULTRASOUND = "ultrasound", "By ultrasound"
    BOTH = "both", "By touch and ultrasound"


class DiffersIn(Choice):
    VOLUME = "volume", "Volume"
    FOLD = "fold", "Fold"
    NIPPLE = "nipple", "Nipple"
    CHEST_WALL = "chest_wall", "Chest wall"
    IMPLANTS = "implants", "Implants"


class ChestWall(Choice):
    PECTUS_EXCAVATUM = "pectus_excavatum", "Pectus excavatum"
    PECTUS_CARINATUM = "pectus_carinatum", "Pectus carinatum"
    SCOLIOSIS = "scoliosis", "Scoliosis"
    OTHER = "other", "Other"


class TissueCause(Choice):
    PREGNANCY = "pregnancy", "Pregnancy"
    BREASTFEEDING = "breastfeeding", "Breastfeeding"
    WEIGHT = "weight", "Weight change"
    AGE = "age", "Age"


class Drainage(Choice):
    NONE = "none", "None"
    CLEAR = "clear", "Clear"
    TURBID = "turbid", "Turbid"
    PUS = "pus", "Pus"
    BLOOD = "blood", "Blood"


class SystemicSign(Choice):
    """What makes an infection an emergency (1.5)."""

    HIGH_FEVER = "high_fever", "High fever"
    RASH = "rash", "Rash"
    LOW_PRESSURE = "low_pressure", "Low blood pressure"
    VOMITING = "vomiting", "Vomiting"
    CONFUSION = "confusion", "Confusion"


class ScarKind(Choice):
    HYPERTROPHIC = "hypertrophic", "Hypertrophic"
    KELOID = "keloid", "Keloid"
    WIDENED = "widened", "Widened"
    RETRACTED = "retracted", "Retracted"
    PAINFUL = "painful", "Painful"
    OTHER = "other", "Other"


class Sensation(Choice):
    NORMAL = "normal", "Normal"
    REDUCED = "reduced", "Reduced"
    ABSENT = "absent", "Absent"
    INCREASED = "increased", "Increased"


class LabResult(Choice):
    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"
    PENDING = "pending", "Not back yet"


class SeromaTest(Choice):
    """What the fluid of a late seroma is sent for (1.6)."""

    CYTOLOGY = "cytology", "Cytology"
    CD30 = "cd30", "CD30 immunohistochemistry"
    FLOW_CYTOMETRY = "flow_cytometry", "Flow cytometry or cell block"
    CULTURE = "culture", "Culture"


class SeromaResult(Choice):
    BENIGN = "benign", "Benign"
    INDETERMINATE = "indeterminate", "Indeterminate"
    CONFIRMED = "confirmed", "Confirmed"


class AttachmentKind(Choice):
    IMAGING_REPORT = "imaging_report", "Imaging report"
    PATHOLOGY_REPORT = "pathology_report", "Pathology report"
    CONSENT = "consent", "Signed consent"
    LETTER = "letter", "Letter"
    OTHER = "other", "Other"


class Pocket(Choice):
    """What the plan does with the pocket."""

    KEPT = "kept", "Kept as it is"
    ENLARGED = "enlarged", "Enlarged"
    TIGHTENED = "tightened", "Tightened"
    NEW = "new", "New pocket"


class DeviceRole(Choice):
    """What a device is to be at the operation; the first choice is described by the plan of its side."""

    FIRST_CHOICE = "first_choice", "First choice"
    SPARE = "spare", "Spare size"
    SIZER = "sizer", "Sizer"
    MATRIX = "matrix", "Matrix or mesh"


class OrderState(Choice):
    TO_ORDER = "to_order", "To be ordered"
    ORDERED = "ordered", "Ordered"
    HERE = "here", "Here"
    NOT_NEEDED = "not_needed", "Not needed"


class ContingencyWhen(Choice):
    """What may turn out to be different at surgery."""

    RUPTURED = "ruptured", "If it is ruptured"
    POCKET_UNUSABLE = "pocket_unusable", "If the pocket cannot be used"
    CAPSULE_DIFFERENT = "capsule_different", "If the capsule is thicker or calcified"
    FLUID = "fluid", "If there is fluid"
    INFECTION = "infection", "If there are signs of infection"
    MASS = "mass", "If there is a mass"
    DOES_NOT_FIT = "does_not_fit", "If the planned device does not fit"
    DEVICE_DIFFERENT = "device_different", "If another device is found than is recorded"
    BLEEDING = "bleeding", "If it bleeds"
    OTHER = "other", "If something else is different"


class ProphylaxisKind(Choice):
    ANTIBIOTIC = "antibiotic", "Antibiotic"
    THROMBOSIS_DEVICE = "thrombosis_device", "Against thrombosis, stockings or pumps"
    THROMBOSIS_DRUG = "thrombosis_drug", "Against thrombosis, drug"
    NAUSEA = "nausea", "Against nausea"
    BLEEDING = "bleeding", "Against bleeding"
    NONE = "none", "None, on purpose"
    OTHER = "other", "Other"


class ConsentKind(Choice):
    PROCEDURE = "procedure", "Consent to the operation"
    DECISION_CHECKLIST = "decision_checklist", "Patient decision checklist"
    ANESTHESIA = "anesthesia", "Consent to anesthesia"
    PHOTOGRAPHS = "photographs", "Consent to photographs"


class SafetyMoment(Choice):
    """When the team stops and reads aloud (6.3)."""

    SIGN_IN = "sign_in", "Sign in"
    TIME_OUT = "time_out", "Time out"
    TIME_OUT_AGAIN = "time_out_again", "Time out again"
    SIGN_OUT = "sign_out", "Sign out"


class SafetyItem(Choice):
    """What is asked, in our own words (6.3)."""

    IDENTITY = "identity", "The patient says her name and date of birth"
    OPERATION_AND_SIDE = "operation_and_side", "She says the operation and the side"
    CONSENT_MATCHES = "consent_matches", "The consent names the same operation and side"
    SITE_MARKED = "site_marked", "The site is marked"
    MACHINE_CHECKED = "machine_checked", "Anesthesia equipment and drugs are checked"
    OXIMETER_WORKS = "oximeter_works", "The pulse oximeter is on and works"
    ALLERGIES_KNOWN = "allergies_known", "Allergies are known to everybody"
    AIRWAY_RISK = "airway_risk", "Airway and aspiration: fasting, GLP-1, prepared"
    BLOOD_LOSS = "blood_loss", "Blood loss over 500 mL: expected, and prepared for"
    TEAM_KNOWN = "team_known", "Everybody has said name and role"
    PATIENT_AND_SIDE = "patient_and_side", "Patient, procedure, side and position are confirmed"
    ANTIBIOTIC_GIVEN = "antibiotic_given", "Antibiotic within 60 minutes, or not needed"
    SURGEON_STEPS = "surgeon_steps", "Surgeon: steps, time, blood loss"
    ANESTHESIA_CONCERNS = "anesthesia_concerns", "Anesthesia: concerns are said"
    LOCAL_TOTALS = "local_totals", "Local anesthetic: totals and ceiling are said"
    STERILITY = "sterility", "Nursing: sterility and equipment"
    IMAGING_SHOWN = "imaging_shown", "Imaging is shown"
    IMPLANT_READ = "implant_read", "Implant read aloud: maker, style, volume, lot, expiry"
    OPERATION_NAMED = "operation_named", "The operation done is named"
    COUNTS_RIGHT = "counts_right", "Counts are right"
    SPECIMENS_LABELLED = "specimens_labelled", "Specimens are labeled: name, side, capsule or fluid"
    EQUIPMENT_PROBLEMS = "equipment_problems", "Equipment problems are named"
    RECOVERY_CONCERNS = "recovery_concerns", "Concerns for the recovery are said"
    REMOVED_DEVICES = "removed_devices", "Where the removed devices go is said"


class SafetyReply(Choice):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class SafetyAgain(Choice):
    """Why the team stops again."""

    SECOND_SIDE = "second_side", "Before the second side"
    SECOND_TEAM = "second_team", "Another team"
    PLAN_CHANGED = "plan_changed", "The plan changes"


class StepOutcome(Choice):
    AS_PLANNED = "as_planned", "As planned"
    INSTEAD = "instead", "Something else instead"
    NOT_DONE = "not_done", "Not done"
    ADDED = "added", "Added, not planned"


class ClavienDindo(Choice):
    """Dindo 2004, by the treatment (6.2)."""

    I = "1", "I"  # noqa: E741
    II = "2", "II"
    IIIA = "3a", "IIIa"
    IIIB = "3b", "IIIb"
    IVA = "4a", "IVa"
    IVB = "4b", "IVb"
    V = "5", "V"


class ComplicationKind(Choice):
    HEMATOMA = "hematoma", "Hematoma"
    SEROMA = "seroma", "Seroma"
    INFECTION = "infection", "Infection"
    WOUND = "wound", "Wound healing problem"
    EXPOSURE = "exposure", "Implant exposed or extruded"
    NIPPLE_SKIN = "nipple_skin", "Loss of nipple or skin"
    CONTRACTURE = "contracture", "Capsular contracture"
    DISPLACEMENT = "displacement", "Displacement"
    RUPTURE = "rupture", "Rupture or deflation"
    RIPPLING = "rippling", "Rippling"
    ASYMMETRY = "asymmetry", "Asymmetry"
    PAIN = "pain", "Pain"
    NERVE = "nerve", "Change of sensation"
    SCAR = "scar", "Scar problem"
    THROMBOSIS = "thrombosis", "Thrombosis or embolism"
    LOCAL_TOXICITY = "local_toxicity", "Local anesthetic toxicity"
    SEDATION = "sedation", "Airway or sedation event"
    ALLERGIC = "allergic", "Allergic reaction"
    OTHER = "other", "Other"
