"""Every table, so that importing this module is knowing the whole schema."""

from desktop.models import (
    account,
    anesthesia,
    audit,
    device,
    document,
    draft,
    drain,
    imaging,
    matrix,
    operation,
    patient,
    practice,
    records_request,
    recovery,
    removal,
    revision,
)
from desktop.models.base import Base

__all__ = [
    "Base",
    "account",
    "anesthesia",
    "audit",
    "device",
    "document",
    "draft",
    "drain",
    "imaging",
    "matrix",
    "operation",
    "patient",
    "practice",
    "records_request",
    "recovery",
    "removal",
    "revision",
]
