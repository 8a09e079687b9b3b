"""Which languages a practice may choose: those in which there is something to hand out."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop.models.choices import Language
from desktop.paths import resource
from desktop.ui.kit.form_view import FormView


def handout_languages() -> tuple[Language, ...]:
    return tuple(language for language in Language if resource("handouts", language.value).is_dir())


def offer_handout_languages(form: FormView) -> None:
    """Leave the other languages out of the practice's form."""
    codes = {language.value for language in handout_languages()}
    for box in form.boxes["language"].editor.inputs():
        if isinstance(box, QComboBox):
            for at in reversed(range(box.count())):
                if box.itemData(at) and box.itemData(at) not in codes:
                    box.removeItem(at)
