"""A second visit: what is filled in, what is disputed, how a dispute ends, who said what when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import InputError
from compliance.intake.disputes import Settlement, settle
from compliance.intake.merge import complete
from compliance.intake.reading import Filled
from compliance.intake.times import day, local
from tests.filled_samples import BOOK, filled, record

Data = dict[str, Any]


def visit(observations: Mapping[str, Any], **how: Any) -> Filled:
    """The second visit, in May, by another inspector."""
    given_ = {"id": "YL-2026-9002", "date": "2026-05-01", "inspector": "黄示例", **how}
    return filled(record(observations, **given_), "五月/第二次.form")


def first(observations: Mapping[str, Any], **how: Any) -> Filled:
    return filled(record(observations, **how), "YL-901.yaml")


def merged(one: Filled, *others: Filled) -> Filled:
    """The record after the visits, as a valid record again."""
    for other in others:
        one = filled(complete(one, other, BOOK).data, "YL-901.yaml")
    return one


def refusals(one: Filled, other: Filled) -> list[str]:
    with pytest.raises(InputError) as caught:
        complete(one, other, BOOK)
    for problem in caught.value.problems:
        assert "4525211900" not in problem.message("zh") + problem.message("en")
    return [problem.key for problem in caught.value.problems]


# Filling in


def test_what_was_not_observed_is_filled_in() -> None:
    done = complete(
        first({"television": None, "bookshelf": False}),
        visit({"television": True, "notice_board": True, "bookshelf": None}),
        BOOK,
    )
    assert done.data["observations"] == {
        "television": True,
        "bookshelf": False,
        "notice_board": True,
    }
    assert (sorted(done.filled), done.disputed) == (["notice_board", "television"], ())


def test_the_record_keeps_its_number_and_takes_the_day_of_the_latest_visit() -> None:
    later, earlier = visit({"television": True}), visit({"television": True}, date="2026-03-01")
    assert merged(first({}), later).data["inspection"] == {
        "id": "YL-2026-9001",
        "stage": "adaptation",
        "date": "2026-05-01",
        "inspector": "黄示例",
    }
    assert merged(first({}), earlier).data["inspection"] == first({}).data["inspection"]


def test_the_history_says_who_observed_what_and_when() -> None:
    seen = {"television": True, "staff": [{"name": "陈样甲", "id_number": None, "dedicated": True}]}
    moment = local("2026-04-30T16:30:00Z")
    done = merged(first({"bookshelf": False}), visit(seen, visit={"time": moment}))
    one, two = done.data["history"]
    assert {key: one[key] for key in one if key != "digest"} == {
        "inspection": "YL-2026-9001",
        "inspector": "覃样例",
        "at": "2026-04-12",
        "observed": {"bookshelf": False},
    }
    assert {key: two[key] for key in two if key != "digest"} == {
        "inspection": "YL-2026-9002",
        "inspector": "黄示例",
        "at": "2026-05-01T00:30:00+08:00",
        "source": "第二次.form",
        "observed": {"television": True, "staff[0].name": "陈样甲", "staff[0].dedicated": True},
    }


def test_no_personal_number_stands_in_the_history() -> None:
    staff = [{"name": "陈样甲", "phone": "13800000001", "dedicated": True}]
    done = merged(first({"staff": staff}), visit({"television": True}))
    assert "13800000001" not in str(done.data["history"])
    assert done.data["observations"]["staff"] == staff


def test_members_are_matched_by_name_and_new_ones_added() -> None:
    old = [{"name": "陈样甲", "dedicated": True}, {"name": "李样乙"}]
    new = [{"name": "王样丙"}, {"name": " 陈样 甲", "able_to_serve": True}]
    done = complete(first({"staff": old}), visit({"staff": new}), BOOK)
    assert done.data["observations"]["staff"] == [
        {"name": "陈样甲", "dedicated": True, "able_to_serve": True},
        {"name": "李样乙"},
        {"name": "王样丙"},
    ]
    assert done.data["history"][1]["observed"] == {
        "staff[0].name": " 陈样 甲",
        "staff[0].able_to_serve": True,
        "staff[2].name": "王样丙",
    }
    assert done.disputed == ()


def test_publications_are_matched_by_all_their_fields() -> None:
    old = [{"date": "2026-04-02", "title": None}, {"date": "2026-03-02", "title": "甲"}]
    new = [{"date": "2026-04-02", "title": "乙"}, {"date": "2026-03-02", "title": "丙"}]
    done = complete(first({"publications": old}), visit({"publications": new}), BOOK)
    assert done.data["observations"]["publications"] == [
        {"date": "2026-04-02", "title": "乙"},
        {"date": "2026-03-02", "title": "甲"},
        {"date": "2026-03-02", "title": "丙"},
    ]


def test_the_most_alike_publications_are_matched_first() -> None:
    full = {"date": "2026-04-02", "title": "甲", "channel": "宣传栏"}
    old = [{"date": "2026-04-02"}, full]
    done = complete(first({"publications": old}), visit({"publications": [full]}), BOOK)
    assert done.data["observations"]["publications"] == old


def test_notes_and_evidence_of_both_stand_in_the_record() -> None:
    photo = {"file": "evidence/a.jpg", "sha256": "a" * 64}
    one = first({}, notes={"television": "待安装"}, evidence={"television": [photo]})
    two = visit(
        {},
        notes={"television": "已安装", "bookshelf": "新"},
        evidence={"television": [photo, {**photo, "sha256": "b" * 64}]},
    )
    done = complete(one, two, BOOK).data
    assert done["notes"] == {"television": "待安装\n已安装", "bookshelf": "新"}
    assert [file["sha256"][0] for file in done["evidence"]["television"]] == ["a", "b"]


# Disputes


def test_a_contradiction_is_disputed_with_both_witnesses() -> None:
    done = complete(first({"television": False}), visit({"television": True}), BOOK)
    assert done.data["observations"] == {"television": None}
    assert done.disputed == ("television",)
    assert done.data["disputed"] == [
        {
            "path": "television",
            "said": [
                {
                    "inspection": "YL-2026-9001",
                    "inspector": "覃样例",
                    "at": "2026-04-12",
                    "value": False,
                },
                {
                    "inspection": "YL-2026-9002",
                    "inspector": "黄示例",
                    "at": "2026-05-01",
                    "source": "第二次.form",
                    "value": True,
                },
            ],
        }
    ]


def test_a_third_visit_neither_settles_nor_forgets() -> None:
    third = visit({"television": True}, id="YL-2026-9003", date="2026-06-01", inspector="罗样例")
    done = merged(first({"television": False}), visit({"television": True}), third)
    (dispute,) = done.record.disputed
    assert done.record.observations["television"] is None
    assert [(s.inspector, s.value) for s in dispute.said] == [
        ("覃样例", False),
        ("黄示例", True),
        ("罗样例", True),
    ]


def test_the_first_statement_is_of_whoever_observed_it() -> None:
    second = visit({"television": True})
    third = visit({"television": False}, id="YL-2026-9003", date="2026-06-01", inspector="罗样例")
    (dispute,) = merged(first({}), second, third).record.disputed
    assert [s.inspector for s in dispute.said] == ["黄示例", "罗样例"]


def test_a_member_is_disputed_in_the_field_alone() -> None:
    one = first({"staff": [{"name": "陈样甲", "dedicated": True, "able_to_serve": True}]})
    two = visit({"staff": [{"name": "陈样甲", "dedicated": False, "able_to_serve": True}]})
    done = complete(one, two, BOOK)
    assert done.data["observations"]["staff"] == [
        {"name": "陈样甲", "dedicated": None, "able_to_serve": True}
    ]
    assert done.disputed == ("staff[0].dedicated",)


@pytest.mark.parametrize("swap", [False, True])
def test_none_at_all_contradicts_members(swap: bool) -> None:
    members: list[Data] = [{"name": "陈样甲"}]
    seen: tuple[list[Data], list[Data]] = ([], members) if swap else (members, [])
    done = merged(first({"staff": seen[0]}), visit({"staff": seen[1]}))
    assert done.record.observed("staff") is None
    (dispute,) = done.record.disputed
    assert [s.members for s in dispute.said] == [len(seen[0]), len(seen[1])]
    third = visit({"staff": [{"name": "李样乙"}]}, id="YL-2026-9003")
    assert refusals(done, third) == ["settle_first"]
    settled = settle(done.data, Settlement("罗", "2026-05-02", "点名", {"staff": True}), BOOK)
    assert settled.data["observations"]["staff"] == members
    settled = settle(done.data, Settlement("罗", "2026-05-02", "点名", {"staff": False}), BOOK)
    assert settled.data["observations"]["staff"] == []


def test_a_settled_dispute_is_over_and_on_record() -> None:
    second = visit({"television": True})
    done = merged(first({"television": False}), second)
    end = Settlement("罗样例", "2026-05-02", "现场复核", {"television": True})
    settled = filled(settle(done.data, end, BOOK).data)
    assert settled.record.observed("television") is True
    assert settled.record.disputed == ()
    assert settled.data["history"][-1] == {
        "inspection": "YL-2026-9001",
        "inspector": "罗样例",
        "at": "2026-05-02",
        "reason": "现场复核",
        "observed": {"television": True},
    }
    # The file that was read before opens nothing again; a new visit may.
    assert merged(settled, second).data == settled.data
    third = visit({"television": False}, id="YL-2026-9003", date="2026-06-01", inspector="韦样例")
    (dispute,) = merged(settled, third).record.disputed
    assert [s.inspector for s in dispute.said] == ["罗样例", "韦样例"]


def test_settling_what_is_not_disputed_or_too_early_is_refused() -> None:
    done = merged(first({"television": False}), visit({"television": True}))
    for end, key in (
        (Settlement("罗", "2026-05-02", "核", {"bookshelf": True}), "not_disputed"),
        (Settlement("罗", "2026-04-30", "核", {"television": True}), "settled_too_early"),
    ):
        with pytest.raises(InputError) as caught:
            settle(done.data, end, BOOK)
        assert [problem.key for problem in caught.value.problems] == [key]


# What is refused


@pytest.mark.parametrize(
    "outlet", [{"id": "YL-902"}, {"bank": "乙样例银行"}, {"type": "rural_point"}], ids=str
)
def test_another_outlet_is_refused(outlet: Data) -> None:
    assert refusals(first({}), visit({}, outlet=outlet)) == ["other_outlet"]


def test_a_contradicted_phone_is_refused_and_not_shown() -> None:
    one = first({}, outlet={"phone": "13800000001", "address": "甲路"})
    two = visit({}, outlet={"phone": "13800000002", "address": "乙路"})
    with pytest.raises(InputError) as caught:
        complete(one, two, BOOK)
    said = [problem.message("en") for problem in caught.value.problems]
    assert len(said) == 2 and "`甲路`" in said[0] and "1380000" not in said[1]


def numbered(name: str, number: str | None) -> Data:
    return {"name": name, "id_number": number}


def id_number(stem: str) -> str:
    """An ID number with its check digit, of a county code that no longer exists."""
    from stdnum.cn import ric

    return str(stem + ric.calc_check_digit(stem + "0"))


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ([("陈样甲", 1)], [("陈样甲", 2)], ["two_people"]),
        ([("陈样甲", 1)], [("陈样乙", 1)], ["two_names"]),
        ([("陈样甲", 1), ("陈样甲", 2)], [("陈样甲", 0)], ["namesakes"]),
        ([("陈样甲", 0)], [("陈样甲", 0), ("陈样甲", 0)], ["namesakes", "namesakes"]),
        ([("陈样甲", 1), ("陈样甲", 2)], [("陈样甲", 2)], []),
        ([("陈样甲", 0)], [("陈样甲", 1)], []),
    ],
)
def test_who_is_meant(
    old: list[tuple[str, int]], new: list[tuple[str, int]], keys: list[str]
) -> None:
    numbers = (None, id_number("45252119000101123"), id_number("45252119000101567"))
    one = first({"staff": [numbered(name, numbers[at]) for name, at in old]})
    two = visit({"staff": [numbered(name, numbers[at]) for name, at in new]})
    if keys:
        assert refusals(one, two) == keys
    else:
        assert complete(one, two, BOOK).disputed == ()


def test_nothing_given_is_changed() -> None:
    one, two = first({"television": False, "staff": [{"name": "甲样"}]}), visit({"staff": []})
    before = str(one.data), str(two.data)
    complete(one, two, BOOK)
    assert (str(one.data), str(two.data)) == before


# Times


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-04-30T16:30:00Z", "2026-05-01T00:30:00+08:00"),
        ("2026-04-30T15:59:59.999Z", "2026-04-30T23:59:59+08:00"),
        ("2026-04-30T16:00:00Z", "2026-05-01T00:00:00+08:00"),
        ("2026-02-28T16:00:00+00:00", "2026-03-01T00:00:00+08:00"),
        ("2024-02-28T16:00:00Z", "2024-02-29T00:00:00+08:00"),
        ("2025-12-31T16:00:00Z", "2026-01-01T00:00:00+08:00"),
        ("2026-05-01T00:10:00.000+0800", "2026-05-01T00:10:00+08:00"),
        ("2026-04-30 23:10", "2026-04-30T23:10:00+08:00"),
        ("2026-04-30T12:00:00-07", "2026-05-01T03:00:00+08:00"),
    ],
)
def test_the_day_is_that_of_the_place(written: str, moment: str) -> None:
    assert local(written) == moment
    assert day(moment) == moment[:10]


@pytest.mark.parametrize(
    "written", ["", "2026-04-30", "x", "2026-02-30T10:00Z", "2026-04-30T25:00Z", "1767196800"]
)
def test_what_is_no_moment(written: str) -> None:
    assert local(written) is None


# Whatever is observed

FACTS = ("television", "bookshelf", "notice_board")
SEEN = st.sampled_from((True, False, None))
MEMBER = st.fixed_dictionaries({}, optional={"dedicated": SEEN, "able_to_serve": SEEN})
STAFF = st.dictionaries(st.sampled_from(("陈样甲", "李样乙", "王样丙")), MEMBER, max_size=3).map(
    lambda people: [{"name": name, **said} for name, said in people.items()]
)
PUBLICATION = st.fixed_dictionaries(
    {"date": st.sampled_from((None, "2026-03-02", "2026-04-02"))},
    optional={
        "title": st.sampled_from((None, "甲", "乙")),
        "channel": st.sampled_from((None, "宣传栏")),
    },
)
PUBLICATIONS = st.lists(PUBLICATION, max_size=3)
SCALARS = st.dictionaries(st.sampled_from(FACTS), SEEN)


@st.composite
def observations(draw: st.DrawFn) -> Data:
    lists = {"staff": STAFF | st.none(), "publications": PUBLICATIONS | st.none()}
    return {**draw(SCALARS), **draw(st.fixed_dictionaries({}, optional=lists))}


def without_order(observations: Mapping[str, Any]) -> Data:
    """What was observed, members in no order."""
    plain: Data = {}
    for name, value in observations.items():
        if isinstance(value, (list, tuple)):
            members = [{k: v for k, v in member.items() if v is not None} for member in value]
            plain[name] = sorted(sorted(member.items()) for member in members)
        elif value is not None:
            plain[name] = value
    return plain


@given(observations(), observations())
def test_a_visit_adds_and_never_alters(one: Data, two: Data) -> None:
    a, b = first(one), visit(two)
    done = merged(a, b)
    after, disputed = done.data["observations"], {d.path for d in done.record.disputed}
    for name, value in one.items():
        if isinstance(value, list) and name not in disputed:
            for at, member in enumerate(value):
                for field, seen in member.items():
                    now = after[name][at][field]
                    assert seen is None or now == seen or f"{name}[{at}].{field}" in disputed
        elif value is not None:
            assert after[name] == value or (after[name] is None and name in disputed)
    assert merged(done, b).data == done.data
    assert merged(done, a).data == done.data


@given(observations(), observations())
def test_either_order_gives_the_same(one: Data, two: Data) -> None:
    ab = merged(first(one), visit(two))
    ba = merged(visit(two), first(one))
    assert len(ab.record.disputed) == len(ba.record.disputed)
    if not ab.record.disputed:
        assert without_order(ab.record.observations) == without_order(ba.record.observations)


@given(st.lists(st.tuples(SCALARS, STAFF), min_size=3, max_size=3))
def test_three_visits_in_any_order(said: list[tuple[Data, list[Data]]]) -> None:
    visits = [
        visit({**scalars, "staff": staff or None}, id=f"V{n}", date=f"2026-05-0{n}")
        for n, (scalars, staff) in enumerate(said, 1)
    ]
    forth, back = merged(*visits), merged(*reversed(visits))
    assert without_order(forth.record.observations) == without_order(back.record.observations)
    assert {d.path.partition("[")[0] for d in forth.record.disputed} == {
        d.path.partition("[")[0] for d in back.record.disputed
    }
