import pytest

from desktop.models.choices import Role
from desktop.rules.permission import Actor, Verb, may

# One line a verb: front desk, nurse, anesthesia, surgeon, administrator.
EXPECTED = """
    view_patient        yes yes yes yes yes
    edit_patient        yes yes yes yes no
    merge_patients      no  no  no  yes no
    edit_history        no  yes no  yes no
    view_case           no  yes yes yes no
    edit_case           no  yes no  yes no
    edit_plan           no  no  no  yes no
    sign_plan           no  no  no  yes no
    edit_templates      no  no  no  yes no
    order_devices       no  yes no  yes no
    edit_consent        no  yes no  yes no
    file_consent        no  yes no  yes no
    run_checklist       no  yes yes yes no
    edit_report         no  yes no  yes no
    sign_report         no  no  no  yes no
    edit_complication   no  yes no  yes no
    view_anesthesia     no  yes yes yes no
    edit_anesthesia     no  yes yes yes no
    sign_anesthesia     no  no  yes yes no
    chase_records       yes yes no  yes no
    view_recovery       yes yes yes yes no
    tick_recovery       no  yes no  yes no
    override_recovery   no  no  no  yes no
    approve_protocol    no  no  no  yes no
    print_handout       yes yes yes yes no
    view_documents      yes yes yes yes no
    manage_accounts     no  no  no  no  yes
    edit_practice       no  no  no  no  yes
    edit_catalogue      no  yes no  yes yes
    check_store         no  no  no  no  yes
    view_audit          no  no  no  no  yes
"""
ROLES = ("front_desk", "nurse", "anesthesia", "surgeon", "administrator")
TABLE = {line.split()[0]: line.split()[1:] for line in EXPECTED.strip().splitlines()}
CASES = [
    (verb, role, answer == "yes")
    for verb, answers in TABLE.items()
    for role, answer in zip(ROLES, answers, strict=True)
]


@pytest.mark.parametrize(("verb", "role", "expected"), CASES)
def test_that_each_role_may_do_what_the_table_says_and_no_more(verb: str, role: str, expected: bool) -> None:
    assert may(frozenset({Role.from_code(role)}), Verb(verb)) is expected


def test_that_the_table_names_every_verb_and_every_role() -> None:
    assert set(TABLE) == {verb.value for verb in Verb}
    assert set(ROLES) == {role.value for role in Role}


def test_that_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may(frozenset(), verb) for verb in Verb)


def test_that_several_roles_may_do_what_any_of_them_may() -> None:
    both = frozenset({Role.SURGEON, Role.ADMINISTRATOR})
    assert all(may(both, verb) for verb in Verb)


def test_that_an_actor_cannot_be_changed() -> None:
    actor = Actor(1, "Dr. A. Marchetti", frozenset({Role.SURGEON}), "theatre 2")
    with pytest.raises(AttributeError):
        actor.name = "somebody else"  # type: ignore[misc]
