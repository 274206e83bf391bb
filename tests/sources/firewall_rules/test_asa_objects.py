"""ASA's objects, groups and `show nat` of real devices against their parsed truths."""

import re

import pytest

from chahe.sources.firewall_rules.asa_nat import translations
from chahe.sources.firewall_rules.asa_objects import Collector, Objects
from chahe.sources.firewall_rules.network_sets import EVERY, network
from chahe.sources.firewall_rules.service_sets import PROTOCOLS, port_number
from chahe.sources.firewall_rules.translation_rows import Translation
from reading import shared_data

NTC = ("firewall_config", "ntc-templates", "cisco_asa")


def collected(*parts: str) -> Objects:
    collector = Collector()
    text = shared_data(*NTC, *parts).read_text("utf-8")
    for place, line in enumerate(text.split("\n"), 1):
        collector.take(place, line)
    return collector.objects


def records(*parts: str) -> list[dict[str, str]]:
    # YAML breaks long texts with a backslash at both ends of the break.
    text = re.sub(r"\\\n +\\", "", shared_data(*NTC, *parts).read_text("utf-8"))
    return [dict(re.findall(r'(\w+): "(.*)"', record)) for record in text.split("\n  - ")[1:]]


def test_every_network_object_is_as_its_truth_has_it() -> None:
    objects = collected("show_running-config_object_network", "cisco_asa_show_running-config_object_network.raw")
    truth = records("show_running-config_object_network", "cisco_asa_show_running-config_object_network.yml")

    assert (len(truth), objects.faults) == (15, {})
    for record in truth:
        [word] = objects.networks.expand((record["name"],))
        if record["type"] == "fqdn":
            assert word == f"fqdn:{record['fqdn']}"
        elif record["type"] == "range":
            assert word in (f"{record['start_ip']}-{record['end_ip']}", network(f"{record['start_ip']}/112"))
        else:
            address = record["host"] or record["network"]
            assert word == network(address, record["netmask"] or record["prefix_length"] or None)


def ports_of(word: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Source and destination of a word such as `tcp/9000-9999:8000`."""
    there, _, here = word.partition(":")
    spans = []
    for text in (here, there.partition("/")[2]):
        low, _, high = text.partition("-")
        spans.append((int(low), int(high or low)) if low else None)
    return spans[0], spans[1]


def test_every_service_object_is_as_its_file_has_it() -> None:
    """The protocol and both ends of each object, taken from its line by an expression of their own."""
    objects = collected("show_running-config_object_service", "cisco_asa_show_running-config_object_service.raw")
    text = shared_data(
        *NTC, "show_running-config_object_service", "cisco_asa_show_running-config_object_service.raw"
    ).read_text("utf-8")
    found = re.findall(r"object service (\S+)\n(?: description .*\n)? service (\S+)(.*)", text)

    assert (len(found), objects.faults) == (32, {})
    for name, protocol, rest in found:
        words = objects.services.expand((name,))
        expected = PROTOCOLS.get(int(protocol), f"ip/{protocol}") if protocol.isdigit() else protocol
        assert {re.split(r"[/:]", word)[0] for word in words} == {expected.partition("/")[0]}
        spans = {side: said(rest, side) for side in ("source", "destination")}
        if protocol in ("tcp", "udp") and "neq" not in rest:
            assert ports_of(words[0]) == (spans["source"], spans["destination"]), name
    assert objects.services.expand(("thirty-one",)) == ("tcp/0-6666", "tcp/6668-65535")
    assert objects.services.expand(("twenty-eight", "twenty-nine", "thirty")) == ("icmp/8", "icmp", "icmp/9/16")


def said(rest: str, side: str) -> tuple[int, int] | None:
    found = re.search(rf"{side} (eq|gt|lt|range) (\S+)(?: (\d+))?", rest)
    if found is None:
        return None
    number = port_number(found[2])
    assert number is not None
    last = int(found[3] or 0)
    return {"eq": (number, number), "gt": (number + 1, 65535), "lt": (0, number - 1), "range": (number, last)}[found[1]]


def test_groups_of_services_are_expanded() -> None:
    objects = collected("show_running-config_object-group_service", "show_running-config_object-group_service.raw")
    truth = records("show_running-config_object-group_service", "show_running-config_object-group_service.yml")

    assert {record["name"] for record in truth} == {*objects.services.groups, *objects.ports.groups}
    assert objects.services.expand(("two",)) == ("unknown:charlie", "tcp/21", "tcp/5666", "icmp", "ip/137")
    assert objects.services.expand(("four",)) == objects.services.expand(("three",))
    assert objects.services.expand(("three",))[-1] == "udp/0-39999:1024-65535"
    assert objects.ports.expand(("five",)) == ("445", "139")
    assert "icmp/8/0" in objects.services.expand(("one",))


def side(text: str, zone: str) -> tuple[str, ...]:
    """A name of the truth, as it is expanded where no object is known."""
    if text == "any":
        return EVERY
    if text.startswith("interface"):
        return (f"interface:{zone}",)
    word = network(text)
    return (word or f"unknown:{text}",)


@pytest.fixture(scope="module")
def shown() -> list[tuple[Translation, dict[str, str]]]:
    objects = collected("show_nat", "cisco_asa_show_nat.raw")
    truth = records("show_nat", "cisco_asa_show_nat.yml")
    made = [one for _, one in translations(objects, "asa-1") if one is not None]
    return list(zip(made, truth, strict=True))


def test_every_translation_of_a_real_listing_is_as_its_truth_has_it(
    shown: list[tuple[Translation, dict[str, str]]],
) -> None:
    assert len(shown) == 58
    for made, record in shown:
        assert made.policy == {"1": "nat", "2": "object nat", "3": "nat after-auto"}[record["nat_section_number"]]
        assert (str(made.position), made.inside_zone, made.outside_zone) == (
            record["line_number"],
            (record["source_interface"],),
            (record["destination_interface"],),
        )
        assert made.kind == {"static": "static", "dynamic": "hide"}[record["source_type"]]
        assert made.enabled == (not record["inactive"])
        assert (made.comment or "") == record["description"]
        zone = record["destination_interface"]
        assert made.inside_addresses == side(record["source_real"], zone)
        assert made.outside_addresses == side(record["source_mapped"].removeprefix("pat-pool ").partition(" ")[0], zone)
