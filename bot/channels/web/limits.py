"""How many messages a chat and an address may send: token buckets in memory, under keys that name nobody."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0
_MOST_KEYS = 20_000
_IPV6_HOME = 64
"""Bits of an IPv6 address that one customer is given: counting single addresses would limit nobody."""


@dataclass
class _Bucket:
    level: float
    filled: float


class Limiter:
    """Lets `rate` messages a minute through for each key; as many at once after a minute of rest."""

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def wait(self, key: str) -> int:
        """Takes one message of `key`. Returns 0 where it may pass, or else the whole seconds to wait."""
        now = self._clock()
        name = hashlib.blake2b(key.encode(), key=self._salt, digest_size=16).digest()
        bucket = self._buckets.pop(name, None) or _Bucket(float(self._rate), now)
        bucket.level = min(self._rate, bucket.level + (now - bucket.filled) * self._rate / _MINUTE)
        bucket.filled = now
        self._buckets[name] = bucket
        while len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        if bucket.level < 1:
            return max(1, math.ceil((1 - bucket.level) * _MINUTE / self._rate))
        bucket.level -= 1
        return 0

    def sweep(self) -> None:
        """Forgets every key that has been at rest for a minute: its bucket is full again."""
        past = self._clock() - _MINUTE
        while self._buckets and next(iter(self._buckets.values())).filled < past:
            self._buckets.popitem(last=False)


def address_key(host: str) -> str:
    """What an address is counted under: itself, or for IPv6 the network of its home."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_HOME), strict=False))
    return str(address)


def is_own(host: str) -> bool:
    """Whether an address is this machine's own: whoever comes from it may come through a proxy on it."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
