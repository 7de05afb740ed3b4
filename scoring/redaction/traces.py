"""Traces of persons in a text, by their form: addresses, cards, accounts, telephone numbers.

Amounts, dates, times, durations and plain numbers of up to eight digits are none. No pattern goes
back over what it has read, so that time goes with the length of a text, whatever is in it.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from string import ascii_uppercase
from types import MappingProxyType

from scoring.redaction.numbers import Stand, without_numbers

_EMAIL = re.compile(
    # RFC 5322 lets nearly everything stand before the @; only what sets an address off does not.
    r"(?<![^\s@()<>\[\]:;,\\\"“”„«»])[^\s@()<>\[\]:;,\\\"“”„«»]++@[\w-]++(?:\.[\w-]++)+"
)
# How people say an address on the telephone, as a transcript of it has it.
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++ at (?:[\w-]++ dot ){1,4}"
    r"(?:com|net|org|edu|gov|info|co|io|uk|us|eu|de|fr|es|it|nl|ca|au|in|br)\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE | re.ASCII)
_SHORTEST_IBAN = 15
_IPV4 = re.compile(r"(?<!\d)(?<!\d\.)\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)", re.ASCII)
_IPV6 = re.compile(
    r"(?<![\w:])[0-9A-F]{0,4}(?::[0-9A-F]{0,4}){2,7}(?:(?:\d{1,3}\.){3}\d{1,3})?(?!\w|\.\d)",
    re.IGNORECASE | re.ASCII,
)
_MAC = re.compile(
    r"(?<![\w:-])[0-9A-F]{2}([:-])[0-9A-F]{2}(?:\1[0-9A-F]{2}){4}(?!\w)", re.IGNORECASE | re.ASCII
)
_LETTERS = MappingProxyType({letter: str(int(letter, 36)) for letter in ascii_uppercase})
# Without one of these there is no trace but an address that is spelt out.
_ANY = re.compile(r"[@\d]|:[^:]*:")
_SEVEN_DIGITS = re.compile(r"\d(?:\D*+\d){6}")
# A colon and letters may be all there is of an address of IPv6.
_COLONS = 2
_HYPHENS = 5
_HIGHEST_OCTET = 255


def without_traces(text: str, stand: Stand) -> str:
    """The text with what stands for each trace in its place; ``stand`` is asked for it."""
    if " dot " in text:
        text = _SPOKEN_EMAIL.sub(lambda found: stand("email", _spoken(found[0])), text)
    if not _ANY.search(text):
        return text
    text = _EMAIL.sub(lambda found: _email(found[0], stand), text)
    if text.count(":") >= _COLONS or text.count("-") >= _HYPHENS:
        text = _MAC.sub(lambda found: stand("network address", _plain(found[0])), text)
        text = _IPV6.sub(lambda found: _ipv6(found[0], stand), text)
    text = _IPV4.sub(lambda found: _ipv4(found[0], stand), text)
    text = _IBAN.sub(lambda found: _iban(found, stand), text)
    return without_numbers(text, stand) if _SEVEN_DIGITS.search(text) else text


def _email(said: str, stand: Stand) -> str:
    """What stands for an address; ten at 2.50 each (10@2.50) is none."""
    *_, top = said.rpartition(".")
    return said if top.isdecimal() else stand("email", said.casefold())


def _spoken(said: str) -> str:
    local, _, domain = said.casefold().partition(" at ")
    return f"{local}@{domain.replace(' dot ', '.')}"


def _iban(found: re.Match[str], stand: Stand) -> str:
    """The longest beginning that ends where a word does and has the check digits of an IBAN.

    Source: ISO 13616-1:2020, with ISO/IEC 7064, MOD 97-10.
    """
    said, behind = found[0], found.string[found.end() : found.end() + 1]
    for end in range(len(said), _SHORTEST_IBAN - 1, -1):
        code = _plain(said[:end]).upper()
        goes_on = (said[end:] + behind)[:1].isalnum() or not said[end - 1].isalnum()
        if not goes_on and len(code) >= _SHORTEST_IBAN and _checks(code):
            return stand("iban", code) + said[end:]
    return said


def _checks(code: str) -> bool:
    turned = code[4:] + code[:4]
    return int("".join(_LETTERS.get(one, one) for one in turned)) % 97 == 1


def _plain(said: str) -> str:
    """Letters and digits alone."""
    return "".join(one for one in said.casefold() if one.isalnum())


def _ipv4(said: str, stand: Stand) -> str:
    octets = said.split(".")
    return stand("network address", said) if max(map(int, octets)) <= _HIGHEST_OCTET else said


def _ipv6(said: str, stand: Stand) -> str:
    """An address of IPv6; a colon behind it is the sentence's."""
    own = said[:-1] if said.endswith(":::") or said[-2:-1] != ":" == said[-1] else said
    if not any(one.isalnum() for one in own):
        return said
    try:
        same = IPv6Address(own).compressed
    except AddressValueError:
        return said
    return stand("network address", same) + said[len(own) :]
