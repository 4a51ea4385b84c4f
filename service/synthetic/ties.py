"""Who works with whom: each organisation joins earlier ones, and those with many partners gain more of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from service.models.cooperation import LinkKind
from service.synthetic.actors import Actor, Group
from service.synthetic.chance import Chance, Weighted

COUNTS = Weighted({1: 6, 2: 8, 3: 11, 4: 13, 5: 13, 6: 12, 7: 10, 8: 8, 9: 6, 10: 4, 12: 4, 15: 3, 20: 2})
"""How many links an organisation brings: six in the mean."""

TRIES = 6

P, F, W, N, C = Group.PUBLIC, Group.FUNDER, Group.NETWORK, Group.NGO, Group.COMPANY
ANYBODY = frozenset(Group)

SIDES: dict[LinkKind, tuple[frozenset[Group], frozenset[Group], int]] = {
    LinkKind.COOPERATION: (ANYBODY, ANYBODY, 14),
    LinkKind.DELEGATION: (frozenset({P}), frozenset({N, W, C}), 10),
    LinkKind.PARTICIPATION_CONTRACT: (frozenset({P}), frozenset({N, W}), 8),
    LinkKind.PURCHASE: (frozenset({P}), frozenset({P, N, C}), 14),
    LinkKind.GRANT: (frozenset({P, F}), frozenset({N, W, P}), 14),
    LinkKind.JOINT_PROJECT: (frozenset({P, W, N}), frozenset({P, F, W, N}), 12),
    LinkKind.REFERRAL: (frozenset({P, N}), frozenset({P, N, C}), 10),
    LinkKind.INFORMATION_EXCHANGE: (ANYBODY, ANYBODY, 6),
    LinkKind.MEMBERSHIP: (frozenset({P, N, C}), frozenset({W}), 40),
    LinkKind.REPRESENTATION: (frozenset({W, N}), frozenset({P}), 6),
    LinkKind.INFRASTRUCTURE: (frozenset({P, N}), frozenset({W, N}), 4),
}
"""Which groups can stand on side A and side B of each kind, and how common the kind is among those who can."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of an organisation with an earlier one; `leads` says that the newcomer is side A."""

    kind: LinkKind
    partner: int
    leads: bool


def _ways(newcomer: Group, partner: Group) -> Weighted[tuple[LinkKind, bool]]:
    ways: dict[tuple[LinkKind, bool], int] = {}
    for kind, (side_a, side_b, weight) in SIDES.items():
        if newcomer in side_a and partner in side_b:
            ways[kind, True] = weight
        if newcomer in side_b and partner in side_a:
            ways[kind, False] = weight
    return Weighted(ways)


WAYS = {(newcomer, partner): _ways(newcomer, partner) for newcomer in Group for partner in Group}


class Network:
    """The ends of all links so far: whoever has more of them is met more often."""

    def __init__(self, seed: int, regions: int) -> None:
        self.seed = seed
        self.groups = bytearray()
        self.hubs: dict[int, int] = {}
        self.sought: Weighted[int] = Weighted({})
        self.everywhere = array("I")
        self.nearby = [array("I") for _ in range(regions)]

    def join(self, actor: Actor) -> list[Tie]:
        """The links of the next organisation."""
        chance = Chance(self.seed, "ties", actor.number)
        ties = list(self._ties(actor, chance)) if self.groups else []
        self._remember(actor, ties)
        return ties

    def _ties(self, actor: Actor, chance: Chance) -> Iterator[Tie]:
        used = set[tuple[LinkKind, int]]()
        for _ in range(chance.weighted(COUNTS)):
            for _ in range(TRIES):
                partner = self._partner(actor, chance)
                kind, leads = chance.weighted(WAYS[actor.group, Group(self.groups[partner])])
                # Of one pair, two links of one kind would say the same of the same time.
                if (kind, partner) not in used:
                    used.add((kind, partner))
                    yield Tie(kind, partner, leads)
                    break

    def _partner(self, actor: Actor, chance: Chance) -> int:
        share, near = chance.share(), self.nearby[actor.region]
        if share < 0.3:
            return chance.weighted(self.sought)
        return chance.one(near) if share < 0.65 and near else chance.one(self.everywhere)

    def _remember(self, actor: Actor, ties: list[Tie]) -> None:
        self.groups.append(actor.group)
        if actor.weight > 1:
            self.hubs[actor.number] = actor.weight
            self.sought = Weighted(self.hubs)
        ends = [actor.number] * (actor.weight + len(ties)) + [tie.partner for tie in ties]
        self.everywhere.extend(ends)
        self.nearby[actor.region].extend(ends)
