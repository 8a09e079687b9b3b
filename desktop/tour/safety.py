"""The safety checklist on the tour: not begun, half answered, finished, called again, with the longest plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop.models.choices import SafetyMoment
from desktop.services.safety_file import PhaseKey
from desktop.tour.album import Album
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.revision.parts import SAFETY
from desktop.ui.revision.safety.part import SafetyPart
from desktop.ui.revision.screen import RevisionScreen

SIGN_IN, TIME_OUT, AGAIN, SIGN_OUT = (
    PhaseKey(moment)
    for moment in (SafetyMoment.SIGN_IN, SafetyMoment.TIME_OUT, SafetyMoment.TIME_OUT_AGAIN, SafetyMoment.SIGN_OUT)
)


def show_safety(album: Album, window: MainWindow, find: Callable[[str], int]) -> None:
    tour = _SafetyTour(album, window)
    tour.phase(find("okafor"), SIGN_IN, "empty", "nothing is answered beforehand, and what is to be read stands there")
    tour.phase(find("haddad"), TIME_OUT, "half", "a time-out that is under way")
    tour.devices("the devices are read aloud for each side")
    tour.question()
    tour.phase(find("sato"), SIGN_IN, "finished", "a phase that is signed")
    tour.phase(find("sato"), AGAIN, "again", "the time-out before the second side")
    tour.phase(find("sato"), SIGN_OUT, "sign-out", "counts, specimens, and where the devices went")
    tour.phase(find("hohenfels"), TIME_OUT, "extreme", "the longest name and the longest plan")


class _SafetyTour:
    def __init__(self, album: Album, window: MainWindow) -> None:
        self._album, self._window = album, window

    @property
    def _part(self) -> SafetyPart:
        screen = cast(RevisionScreen, self._window.file.screen_of("revision"))
        return cast(SafetyPart, screen.case.part(SAFETY))

    def phase(self, patient_id: int, key: PhaseKey, name: str, why: str) -> None:
        self._window.go(Place("revision", patient_id, text=SAFETY))
        self._album.settle()
        self._part.show_phase(key)
        self._part.focus_first()
        self._album.take(self._window, f"safety-{name}", why)

    def devices(self, why: str) -> None:
        bar = self._part.area.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._album.take(self._window, "safety-devices", why)

    def question(self) -> None:
        self._part.again_question.ask()
        self._album.take(self._window, "safety-why-again", "why the team stops again")
        self._part.again_question.hide()
