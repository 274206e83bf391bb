"""One set of translations, written for each maker, gives the same rows: published, static both ways, hidden."""

import json
from collections.abc import Mapping
from io import BytesIO

import pytest

from chahe.sources.catalogue import readers
from reading import Reading, read, shared_data

PUBLISHED = {
    "kind": "publish",
    "outside_addresses": "203.0.113.20/32",
    "outside_services": "tcp/443",
    "inside_addresses": "10.30.2.20/32",
    "inside_services": "tcp/8443",
    "from_addresses": "198.51.100.0/24",
}
STATIC = {"kind": "static", "outside_addresses": "203.0.113.30/32", "inside_addresses": "10.30.2.30/32"}
HIDDEN = {"kind": "hide", "outside_addresses": "203.0.113.40/32", "inside_addresses": "10.20.0.0/16"}
ORIGINAL = "85c0f50f-6d8a-4528-88ab-5fb11d8fe16c"
ANY = "97aeb369-9aea-11d5-bd16-0090272ccb30"

CHECKPOINT = {
    "uid": "n",
    "rulebase": [
        {"type": "nat-rule", "rule-number": number, "method": method, "original-source": sources[0], "translated-source": sources[1],
         "original-destination": there[0], "translated-destination": there[1], "original-service": services[0],
         "translated-service": services[1], "install-on": ["gw"]}
        for number, method, sources, there, services in (
            (1, "static", ("partner", ORIGINAL), ("public", "web"), ("https", "alt")),
            (2, "static", ("db", "db public"), (ANY, ORIGINAL), (ANY, ORIGINAL)),
            (3, "hide", ("lan", "hide"), (ANY, ORIGINAL), (ANY, ORIGINAL)),
            (4, "static", (ANY, ORIGINAL), (ANY, ORIGINAL), (ANY, ORIGINAL)),
        )
    ],
    "objects-dictionary": [
        *({"uid": uid, "name": uid, "type": "host", "ipv4-address": address}
          for uid, address in (("public", "203.0.113.20"), ("web", "10.30.2.20"), ("db", "10.30.2.30"), ("db public", "203.0.113.30"), ("hide", "203.0.113.40"), ("gw", "203.0.113.1"))),
        {"uid": "partner", "name": "partner", "type": "network", "subnet4": "198.51.100.0", "mask-length4": 24},
        {"uid": "lan", "name": "lan", "type": "network", "subnet4": "10.20.0.0", "mask-length4": 16},
        {"uid": "https", "name": "https", "type": "service-tcp", "port": "443"},
        {"uid": "alt", "name": "alt", "type": "service-tcp", "port": "8443"},
    ],
}  # fmt: skip

WRITTEN: Mapping[str, tuple[str, list[dict[str, str]]]] = {
    "fortios_config": (
        (
            'config system global\nset hostname "gw"\nend\nconfig firewall vip\nedit "web"\nset extip 203.0.113.20\nset mappedip "10.30.2.20"\n'
            'set src-filter "198.51.100.0/24"\nset portforward enable\nset extport 443\nset mappedport 8443\nnext\nend\n'
        ),
        [PUBLISHED],
    ),
    "cisco_asa_config": (
        (
            "ASA Version 9.18(4)\nhostname gw\nobject network web\n host 10.30.2.20\nobject network public\n host 203.0.113.20\n"
            "object network partner\n subnet 198.51.100.0 255.255.255.0\nobject network db\n host 10.30.2.30\n nat (dmz,outside) static 203.0.113.30\n"
            "object network lan\n subnet 10.20.0.0 255.255.0.0\n nat (inside,outside) dynamic 203.0.113.40\n"
            "object service real\n service tcp source eq 8443\nobject service mapped\n service tcp source eq 443\n"
            "nat (dmz,outside) source static web public destination static partner partner service real mapped\n"
        ),
        [STATIC, HIDDEN, {**PUBLISHED, "kind": "static"}],
    ),
    "panos_config": (
        (
            "set deviceconfig system hostname gw\nset service https protocol tcp port 443\n"
            "set rulebase nat rules web source 198.51.100.0/24\nset rulebase nat rules web destination 203.0.113.20\nset rulebase nat rules web service https\n"
            "set rulebase nat rules web destination-translation translated-address 10.30.2.20\nset rulebase nat rules web destination-translation translated-port 8443\n"
            "set rulebase nat rules db source 10.30.2.30\nset rulebase nat rules db source-translation static-ip translated-address 203.0.113.30\n"
            "set rulebase nat rules db source-translation static-ip bi-directional yes\n"
            "set rulebase nat rules lan source 10.20.0.0/16\nset rulebase nat rules lan source-translation dynamic-ip-and-port translated-address 203.0.113.40\n"
        ),
        [PUBLISHED, STATIC, HIDDEN],
    ),
    "junos_config": (
        (
            "set system host-name gw\nset security nat destination pool web address 10.30.2.20/32 port 8443\n"
            "set security nat destination rule-set in from zone outside\nset security nat destination rule-set in rule web match source-address 198.51.100.0/24\n"
            "set security nat destination rule-set in rule web match destination-address 203.0.113.20/32\nset security nat destination rule-set in rule web match destination-port 443\n"
            "set security nat destination rule-set in rule web match protocol tcp\nset security nat destination rule-set in rule web then destination-nat pool web\n"
            "set security nat static rule-set both rule db match destination-address 203.0.113.30/32\n"
            "set security nat static rule-set both rule db then static-nat prefix 10.30.2.30/32\n"
            "set security nat source pool hide address 203.0.113.40/32\nset security nat source rule-set out rule lan match source-address 10.20.0.0/16\n"
            "set security nat source rule-set out rule lan then source-nat pool hide\n"
        ),
        [PUBLISHED, STATIC, HIDDEN],
    ),
    "iptables_save": (
        (
            "[root@gw ~]# iptables-save\n*nat\n-A PREROUTING -s 198.51.100.0/24 -d 203.0.113.20/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 10.30.2.20:8443\n"
            "-A POSTROUTING -s 10.20.0.0/16 -j SNAT --to-source 203.0.113.40\nCOMMIT\n"
        ),
        [PUBLISHED, HIDDEN],
    ),
    "pfsense_config": (
        (
            "<pfsense><system><hostname>gw</hostname></system><nat><rule><interface>wan</interface><protocol>tcp</protocol><source><address>198.51.100.0/24</address></source>"
            "<destination><address>203.0.113.20</address><port>443</port></destination><target>10.30.2.20</target><local-port>8443</local-port></rule>"
            "<onetoone><interface>wan</interface><external>203.0.113.30</external><source><address>10.30.2.30</address></source></onetoone>"
            "<rule><nordr/><interface>wan</interface></rule></nat></pfsense>"
        ),
        [PUBLISHED, STATIC],
    ),
    "checkpoint_rulebase": (json.dumps(CHECKPOINT), [PUBLISHED, STATIC, HIDDEN]),
}


def reading(name: str) -> Reading:
    return read(readers()[name], WRITTEN[name][0].encode())


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_each_maker_gives_the_same_translations(name: str) -> None:
    rows = reading(name).rows["address_translations"]
    expected = sorted(WRITTEN[name][1], key=str)
    columns = ("kind", "outside_addresses", "outside_services", "inside_addresses", "inside_services", "from_addresses")
    found = [{column: row[column] for column in columns if column in row} for row in rows]

    assert sorted(found, key=str) == expected
    assert {row["device"] for row in rows} == {"gw"}
    assert all(row["enabled"] is True for row in rows)
    assert reading(name).rejects == []


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_each_translation_is_shown_as_it_was_written(name: str) -> None:
    reader = readers()[name]
    for row in reading(name).rows["address_translations"]:
        assert reader.excerpt is not None  # type: ignore[union-attr]  # all of these read records
        shown = reader.excerpt(BytesIO(WRITTEN[name][0].encode()), int(str(row["place"])), None)  # type: ignore[union-attr]
        assert "gw" in shown
        assert len(shown.splitlines()) >= 2


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("nat (inside) 1 10.0.0.0 255.0.0.0", "nat (inside) 1 10.0.0.0 255.0.0.0"),
        ("nat (inside,outside) source sideways a b", "nat (inside,outside) source sideways a b"),
    ],
)
def test_a_translation_that_cannot_be_read_is_a_reject(line: str, value: str) -> None:
    text = f"ASA Version 9.18(4)\nhostname gw\n{line}\n"

    assert [reject.value for reject in read(readers()["cisco_asa_config"], text.encode()).rejects] == [value]


SAMPLES = {
    "cisco_asa/testconfigs/asa-nat-mixed": 10,
    "cisco_asa/testconfigs/asa-nat-object-dynamic": 4,
    "cisco_asa/testconfigs/asa-nat-object-refs": 5,
    "cisco_asa/testconfigs/asa-nat-object-static": 4,
    "palo_alto/testconfigs/rulebase-nat": 3,
    "palo_alto/testconfigs/destination-nat-panorama": 5,
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_real_configurations_give_their_translations(name: str) -> None:
    path = shared_data("firewall_config", "batfish", "grammar", *name.split("/"))
    reader = readers()["cisco_asa_config" if "asa" in name else "panos_config"]

    assert len(read(reader, path.read_bytes(), device="gw").rows["address_translations"]) == SAMPLES[name]
