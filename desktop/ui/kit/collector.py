"""Collects garbage on the GUI thread only, because what is collected may be a widget.

Python's cyclic collector runs in whatever thread happens to allocate. On the store's thread it would destroy Qt objects
there, which ends the program now and then. So the automatic one is switched off, and a timer does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 500


class _Collector(QObject):
    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        timer = QTimer(self, interval=_EVERY_MS)
        timer.timeout.connect(self.collect)
        timer.start()

    def collect(self) -> None:
        """The oldest generation that is due, as the automatic collector would choose it."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > limits[generation]]
        if due:
            gc.collect(due[-1])


def collect_on_gui_thread() -> None:
    """From now on and as long as the application lives; may be asked for any number of times."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(_Collector) is None:
        _Collector(app)
