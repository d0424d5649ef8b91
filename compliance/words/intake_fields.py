"""What every form calls the parts of a visit and an outlet. Imports nothing but Text."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

FIELDS: Final[dict[str, Text]] = {
    "inspection.id": Text("检查编号", "Inspection number"),
    "inspection.date": Text("检查日期", "Day of the visit"),
    "inspection.inspector": Text("检查人", "Inspector"),
    "inspection.previous_inspection_date": Text("上一次检查的日期", "Day of the visit before"),
    "outlet.id": Text("网点编号", "Outlet's number"),
    "outlet.name": Text("网点名称", "Outlet's name"),
    "outlet.type": Text("网点类型", "Outlet type"),
    "outlet.bank": Text("所属银行", "Bank that runs it"),
    "outlet.district": Text("所在县（市、区）", "District or county"),
    "outlet.address": Text("网点地址", "Address"),
    "outlet.contact": Text("联系人", "Contact person"),
    "outlet.phone": Text("联系电话", "Contact's phone"),
    "outlet.listed_on": Text("挂牌日期", "Day it was listed"),
}
"""By the path in a record."""
