"""What can be asked of Reprise from a command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from desktop.errors import UserError, describe_bug
from desktop.loading import load_qt
from desktop.paths import default_practice_folder
from desktop.version import VERSION

WRONG_CALL = 2
MISTAKE = 3
_MOST_LABEL_BYTES = 1_000_000
"""Far above the longest label, which says itself how long it may be."""


class _OutputRefused(Exception):
    """Nobody takes what is printed; its text says why."""


class _Parser(argparse.ArgumentParser):
    """A wrong call is answered with one sentence."""

    def error(self, message: str) -> NoReturn:
        print(f"reprise: {message}. See --help.", file=sys.stderr)
        raise SystemExit(WRONG_CALL)


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 when it worked, 1 when it was refused with a sentence, 2 for a wrong call, 3 for a mistake."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except UserError as refusal:
        print(f"reprise: {refusal}", file=sys.stderr)
        return 1
    except _OutputRefused as refusal:
        if not isinstance(refusal.__cause__, BrokenPipeError):  # whoever read had seen enough
            print(f"reprise: the output could not be written ({refusal}).", file=sys.stderr)
        return 1
    except Exception as mistake:
        # Where it happened, and not what it says: that may hold a patient's values.
        print(f"reprise: this failed in a way it should not.\n{describe_bug(mistake)}", file=sys.stderr)
        return MISTAKE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="main.py", description="Reprise, the desktop assistant for breast revision surgery.")
    parser.add_argument("--version", action="version", version=f"Reprise {VERSION}")
    parser.add_argument("--demo", action="store_true", help="open the demo practice")
    parser.add_argument("--practice", type=Path, metavar="FOLDER", help="the folder of the practice to open")
    parser.set_defaults(run=_open_app)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    tour = commands.add_parser("tour", help="render every screen and document of the demo practice into a folder")
    tour.add_argument("folder", type=Path, metavar="DIR", help="where the pictures, the PDFs and tour.json go")
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH", help="the window, such as 1440x900")
    tour.set_defaults(run=_tour)

    handout = commands.add_parser("handout", help="print one patient's handout into a PDF and keep it as issued")
    handout.add_argument("practice", type=Path, metavar="PRACTICE", help="the practice's folder")
    handout.add_argument("--patient", required=True, metavar="NUMBER", help="the patient's record number")
    handout.add_argument("--kind", choices=("recovery",), default="recovery")
    handout.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    _add_user(handout)
    handout.set_defaults(run=_handout)

    check = commands.add_parser("check", help="verify the store, its keys, the audit chain and the signatures")
    check.add_argument("practice", type=Path, metavar="PRACTICE", help="the practice's folder")
    _add_user(check)
    check.set_defaults(run=_check)

    udi = commands.add_parser("udi", help="print what a device's label says (GS1, HIBCC or ICCBBA) as JSON")
    udi.add_argument("text", metavar="TEXT", help="the text of the label as it was scanned; - reads standard input")
    udi.set_defaults(run=_udi)
    return parser


def _add_user(command: argparse.ArgumentParser) -> None:
    command.add_argument("--user", required=True, metavar="NAME", help="the sign-in name")
    command.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password from standard input"
    )


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 640 <= int(width) <= 7680 and 480 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write width x height in pixels, such as 1440x900")
    return int(width), int(height)


def _open_app(options: argparse.Namespace) -> int:
    if not _has_display():
        return _without_display(options)
    load_qt()
    from desktop.app import run

    return run(None if options.demo else options.practice or default_practice_folder())


def _has_display() -> bool:
    """Whether a window could appear. On Linux that takes a display server, unless Qt was told to paint into memory."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(options: argparse.Namespace) -> int:
    if not options.demo:
        print(
            "reprise: this computer has no display, so no window can open. Start Reprise where there is one, "
            "or look at the pictures of the demo practice with: ./run --demo",
            file=sys.stderr,
        )
        return 1
    print("This computer has no display. Rendering the tour of the demo practice into out/tour instead.")
    options.folder, options.theme, options.size = Path("out") / "tour", "light", (1440, 900)
    return _tour(options)


def _tour(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.tour.walk import render_tour

    pictures = render_tour(options.folder, options.theme, options.size)
    _answer(f"{pictures} pictures and documents are in {options.folder}; tour.json says what each shows.")
    return 0


def _handout(options: argparse.Namespace) -> int:
    from desktop.opening import sign_in
    from desktop.services.handout import issue_recovery_handout
    from desktop.services.refusal import writing_file
    from desktop.services.search import find_by_record_number

    practice = sign_in(options.practice, options.user, _password())
    try:
        with practice.database.unit_of_work(practice.actor) as session:
            patient_id = find_by_record_number(session, options.patient)
            issued = issue_recovery_handout(session, patient_id)
            with writing_file(options.out):
                options.out.write_bytes(issued.pdf)
    finally:
        practice.close()
    _answer(f"{options.out}: {issued.title}, {issued.page_count} pages, SHA-256 {issued.sha256}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from desktop.opening import sign_in
    from desktop.services.signing import broken_signatures
    from desktop.storage.check import check_store

    practice = sign_in(options.practice, options.user, _password())
    try:
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            broken = tuple(broken_signatures(session))  # first: it asks whether this person may check the store
        findings = [(f.ok, f.what, f.detail) for f in check_store(practice.database, practice.folder)]
    finally:
        practice.close()
    if not broken:
        findings.append((True, "signed records", "every signature still fits what was signed"))
    findings += [(False, f"signed record {b.table} {b.record_id}", b.detail) for b in broken]
    for ok, what, detail in findings:
        _answer(f"{'ok ' if ok else 'BAD'}  {what}: {detail}")
    return 0 if all(ok for ok, _what, _detail in findings) else 1


def _udi(options: argparse.Namespace) -> int:
    """Opens no practice. The JSON is printed in any case; 1 when the label was not read whole."""
    import datetime as dt

    from desktop.exchange.label_json import label_json
    from desktop.exchange.udi import read_label

    text = options.text
    if text == "-":
        given = _standard_input().buffer.read(_MOST_LABEL_BYTES + 1)
        if len(given) > _MOST_LABEL_BYTES:
            raise UserError("there is more to read than any label holds. Hand over the text of one label.")
        text = given.decode("utf-8", "surrogateescape")
    read = read_label(text, dt.date.today())  # noqa: DTZ011  the day on this computer's calendar, as on a label
    _answer(label_json(read))
    for problem in read.problems:
        print(f"reprise: {problem.message}", file=sys.stderr)
    return 1 if read.problems else 0


def _password() -> str:
    return _standard_input().readline().rstrip("\r\n")


def _standard_input() -> TextIO:
    if sys.stdin is None:
        raise UserError("there is nothing to read: the standard input is closed.")
    return sys.stdin


def _answer(text: str) -> None:
    """Onto the standard output, and at once: what waits there until the end cannot be told of any more."""
    try:
        print(text, flush=True)
    except OSError as error:
        sys.stdout = None  # nothing is written into it at the end either
        raise _OutputRefused(error.strerror or "it is closed") from error
