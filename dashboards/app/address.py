"""Where the dashboard listens: only on this machine, unless somebody asks for more."""

from __future__ import annotations

import errno
import ipaddress
import socket
from dataclasses import dataclass

from experiments.limits import refusal

__all__ = ["Address", "address", "listen"]

LEAST_PORT, MOST_PORT = 1, 65_535


@dataclass(frozen=True)
class Address:
    """Where the dashboard listens.

    Attributes:
        host: Name or address, as it was given.
        ip: The address.
        port: The port.
    """

    host: str
    ip: str
    port: int

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.ip).is_loopback

    @property
    def url(self) -> str:
        """What to type into a browser."""
        shown = socket.gethostname() if ipaddress.ip_address(self.ip).is_unspecified else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    @property
    def names(self) -> frozenset[str]:
        """Names by which a browser may call it, beside plain addresses."""
        own = () if self.is_private else (self.host, socket.gethostname(), socket.getfqdn())
        return frozenset({"localhost", *(name.lower() for name in own)})


def address(host: str, port: int, *, open_to_others: bool = False) -> Address:
    """Where to listen, checked.

    Args:
        host: Name or address of this machine.
        port: Port.
        open_to_others: Whether other machines may be let in.

    Raises:
        InputProblem: If there is no such host or port, or others could reach it and nobody asked
            for that.
    """
    if not LEAST_PORT <= port <= MOST_PORT:
        raise refusal("port", str(port), "is not a port", "give a number from 1 to 65535")
    try:
        family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise refusal("host", host, "is not a name or address of this machine",
                      "give 127.0.0.1") from None  # fmt: skip
    if family not in (socket.AF_INET, socket.AF_INET6):
        raise refusal("host", host, "is not an address of a network", "give 127.0.0.1")
    made = Address(host, str(found[0]), port)
    if not made.is_private and not open_to_others:
        raise refusal(
            "host", host, "can be reached by other machines",
            "give 127.0.0.1, or add --open-to-others to let in whoever has the token that is "
            "then printed",
        )  # fmt: skip
    return made


def listen(at: Address) -> socket.socket:
    """A socket that listens there.

    Raises:
        InputProblem: If the port is taken, or needs rights that the user does not have, or the
            address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in at.ip else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A port that a dashboard has just left may be taken again at once.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((at.ip, at.port))
        made.listen(128)
    except PermissionError:
        made.close()
        raise refusal("port", str(at.port), "may not be used by you", "give 8765") from None
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise refusal("host", at.host, "is not an address of this machine",
                          "give 127.0.0.1") from None  # fmt: skip
        raise refusal(
            "port", str(at.port), "is taken by another program, or by another dashboard",
            f"give another, such as {at.port + 1 if at.port < MOST_PORT else 8765}",
        ) from None  # fmt: skip
    return made
