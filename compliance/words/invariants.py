"""What is said where the rule book as a whole does not hold what it must hold."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

VIOLATIONS: Final[dict[str, Text]] = {
    "good-observation-worsens": Text(
        "观察到 `{fact}` 使规则 {first} 由未观察变为通过，却同时使规则 {second} 不通过，多看一项反而更差；"
        "请改其中一条规则，使两者对这一事实要求一致",
        "observing `{fact}` turns rule {first} from not observed to passing and makes rule {second} fail, "
        "so that looking closer worsens the opinion; change one of the two so that they want the same of it",
    ),
    "good-member-worsens": Text(
        "`{fact}` 中增加一名满足全部规则的成员，规则 {second} 的结果反而变差；请检查它的量词和条件",
        "a further member of `{fact}` that meets every rule worsens the outcome of rule {second}; "
        "look at its quantifier and condition",
    ),
    "order-matters": Text(
        "`{fact}` 的成员换了次序，规则 {first} 的结果就不同；结果不应取决于填写次序",
        "rule {first} gives another outcome when members of `{fact}` change places; the order in which "
        "they were written down must not matter",
    ),
    "reads-identity": Text(
        "规则 {first} 读取 `{fact}`，结果因此取决于是谁而不是做了什么；请改读与要求有关的事实",
        "rule {first} reads `{fact}`, so that its outcome depends on who somebody is and not on what was "
        "seen; read a fact that the requirement is about",
    ),
    "box-not-its-own": Text(
        "规则 {first} 不通过时勾选的原因是 {found}，应为 {expected}；每条规则只应勾选自己的原因，请报告此问题",
        "where rule {first} fails, the boxes ticked are {found} and should be {expected}: a failure "
        "ticks exactly its own; please report it",
    ),
    "advice-ticks-box": Text(
        "去掉推荐性和试行规则后，意见由 {found} 变为 {expected}；建议不得影响意见，请报告此问题",
        "without advice and trial rules the opinion turns from {found} to {expected}; advice must never "
        "tick a box, please report it",
    ),
    "types-touch": Text(
        "去掉其他网点类型的规则后，{type} 的结论由 {found} 变为 {expected}；两类网点的规则不得互相影响，请报告此问题",
        "without the rules for other outlet types the answer for a {type} turns from {found} to "
        "{expected}; rules for one type must never touch the other, please report it",
    ),
    "owner-leaves-trace": Text(
        "去掉项目方的补充规则后，标准自身规则的结论由 {found} 变为 {expected}；补充规则必须能整体去掉，请报告此问题",
        "without the owner's rules the standard's own rules turn from {found} to {expected}; the owner's "
        "rules must leave no trace when they are left out, please report it",
    ),
    "pending-not-settled": Text(
        "所示记录的意见为待核实，但无论未观察的事实补成什么，意见都是 {expected}；规则 {first} 的条件"
        "应改写，使结果在已有事实足够时即可得出",
        "the opinion on the record shown is pending although it is {expected} however the gaps are "
        "filled; rewrite the condition of rule {first} so that its outcome stands as soon as it is certain",
    ),
    "undecided-invariant": Text(
        "求解器未能判定规则 {first} 是否满足“{what}”；请简化条件",
        "the solver could not decide whether rule {first} holds “{what}”; make its condition simpler",
    ),
}
OPINIONS: Final = {
    "conforming": Text("符合", "conforming"),
    "non_conforming": Text("不符合", "not conforming"),
}
PENDING: Final = Text("待核实", "pending")
