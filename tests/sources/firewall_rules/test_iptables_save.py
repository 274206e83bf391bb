"""Packet filters of Linux: every option of a rule in both forms, and real listings against their parsed truth."""

import json
import re
from io import BytesIO

import pytest

from chahe.sources.firewall_rules.iptables_listing import Listing, counted, listing
from chahe.sources.firewall_rules.iptables_save import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

LISTINGS = ("filter", "filter-nv", "filter-line-numbers", "nat", "mangle", "raw")


def saved(*rules: str, chains: str = ":FORWARD DROP [31:1860]\n") -> Reading:
    text = "*filter\n" + chains + "".join(f"{rule}\n" for rule in rules) + "COMMIT\n"
    return read(reader, text.encode(), device="fw-1")


def rule(options: str) -> dict[str, object]:
    [row] = [row for row in saved(f"-A FORWARD {options}").rows["firewall_rules"] if row["rule"] != "policy"]
    return dict(row)


def test_a_rule_has_all_its_columns() -> None:
    row = rule(
        '-s 10.20.0.0/16 -i eth1 -o eth2 -p tcp -m tcp --sport 1024:65535 --dport 443 -m comment --comment "asked for" -j ACCEPT'
    )

    assert row == {
        "place": 3,
        "device": "fw-1",
        "policy": "filter/FORWARD",
        "position": 1,
        "rule": "1",
        "enabled": True,
        "action": "allow",
        "source_zone": "eth1",
        "destination_zone": "eth2",
        "source": "10.20.0.0/16",
        "destination": "any",
        "service": "tcp dport 443 sport 1024:65535",
        "source_addresses": "10.20.0.0/16",
        "destination_addresses": "0.0.0.0/0",
        "services": "tcp/443:1024-65535",
        "source_any": False,
        "destination_any": True,
        "service_any": False,
        "logged": False,
        "comment": "asked for",
    }


@pytest.mark.parametrize(
    ("options", "addresses", "known"),
    [
        ("-s 10.1.2.3", "10.1.2.3/32", False),
        ("-s 10.1.0.0/255.255.0.0", "10.1.0.0/16", False),
        ("-s 10.1.0.0/16,10.3.0.0/16", "10.1.0.0/16 10.3.0.0/16", False),
        ("! -s 10.0.0.0/8", "0.0.0.0-9.255.255.255 11.0.0.0-255.255.255.255", False),
        ("-m iprange --src-range 10.1.1.4-10.1.1.9", "10.1.1.4-10.1.1.9", False),
        ("-m set --match-set friends src", "dynamic:friends", None),
        ("-s www.example.tw", "fqdn:www.example.tw", False),
        ("-6", "::/0", True),
    ],
)
def test_sources_are_expanded(options: str, addresses: str, known: object) -> None:
    row = rule(f"{options} -j ACCEPT")

    assert (row["source_addresses"], row.get("source_any")) == (addresses, known)


@pytest.mark.parametrize(
    ("options", "services", "known"),
    [
        ("", "any", True),
        ("-p udp", "udp", False),
        ("-p tcp -m multiport --dports 80,8000:8099", "tcp/80 tcp/8000-8099", False),
        ("-p tcp --dport 1024:", "tcp/1024-65535", False),
        ("-p tcp ! --dport 22", "except:tcp/22", None),
        ("-p icmp -m icmp --icmp-type 8", "icmp/8", False),
        ("-p icmp -m icmp --icmp-type 3/4", "icmp/3/4", False),
        ("-p icmp -m icmp --icmp-type echo-request", "icmp/8", False),
        ("! -p tcp", "except:tcp", None),
        ("-p 47", "gre", False),
        ("-p ipv6-icmp", "icmp6", False),
        ("-p nonsense", "unknown:nonsense", None),
    ],
)
def test_services_are_expanded(options: str, services: str, known: object) -> None:
    row = rule(f"{options} -j ACCEPT")

    assert (row["services"], row.get("service_any")) == (services, known)


@pytest.mark.parametrize(
    ("options", "conditions"),
    [
        ("-m conntrack --ctstate RELATED,ESTABLISHED", "ctstate RELATED,ESTABLISHED"),
        ("-m conntrack --ctstate NEW,ESTABLISHED", None),
        ("-m state ! --state NEW", "! state NEW"),
        ("-m limit --limit 5/min --limit-burst 3", "limit 5/min, limit-burst 3"),
        ("-m owner --uid-owner 33", "uid-owner 33"),
        ("-p tcp --tcp-flags FIN,SYN FIN", "tcp-flags FIN,SYN FIN"),
    ],
)
def test_what_else_narrows_a_rule_stands_in_conditions(options: str, conditions: str | None) -> None:
    assert rule(f"{options} -j ACCEPT").get("conditions") == conditions


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("-j DROP", ("deny", None, False)),
        ("-j REJECT --reject-with icmp-port-unreachable", ("deny", None, False)),
        ('-j LOG --log-prefix "x: "', ("continue", "LOG", True)),
        ("-j ORDERS", ("continue", "ORDERS", False)),
        ("-g ORDERS", ("continue", "ORDERS", False)),
        ("-j RETURN", ("continue", "RETURN", False)),
        ("", ("continue", None, False)),
    ],
)
def test_targets_let_through_refuse_or_go_on(target: str, expected: tuple[object, ...]) -> None:
    row = rule(f"-p tcp {target}")

    assert (row["action"], row.get("goes_to"), row["logged"]) == expected


def test_a_policy_is_a_rule_behind_the_others() -> None:
    first, last = sorted(
        saved("[5:300] -A FORWARD -j ACCEPT").rows["firewall_rules"], key=lambda row: int(str(row["position"]))
    )

    assert (first["hit_count"], first["rule"]) == (5, "1")
    assert (last["rule"], last["position"], last["action"], last["hit_count"], last["source_any"]) == (
        "policy",
        2,
        "deny",
        31,
        True,
    )


def test_an_inserted_rule_stands_where_it_was_put() -> None:
    reading = saved(
        "-A FORWARD -s 10.0.0.1 -j ACCEPT",
        "-I FORWARD -s 10.0.0.2 -j ACCEPT",
        "-I FORWARD 2 -s 10.0.0.3 -j ACCEPT",
        chains="",
    )
    found = {str(row["rule"]): row["source"] for row in reading.rows["firewall_rules"]}

    assert found == {"1": "10.0.0.2", "2": "10.0.0.3", "3": "10.0.0.1"}


def test_the_nat_table_is_no_rules_and_ip6tables_is_known() -> None:
    text = (
        "# Generated by ip6tables-save v1.8.7\n*nat\n:PREROUTING ACCEPT [0:0]\n"
        "-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination [2001:db8::1]:443\n-A PREROUTING -j DOCKER\nCOMMIT\n"
        "*filter\n-A INPUT -j DROP\nCOMMIT\n"
    )
    reading = read(reader, text.encode(), device="fw-1")
    [row], [made] = reading.rows["firewall_rules"], reading.rows["address_translations"]

    assert (row["policy"], row["source_addresses"]) == ("filter/INPUT", "::/0")
    assert (made["outside_addresses"], made["inside_addresses"], made["inside_services"]) == (
        "::/0",
        "2001:db8::1/128",
        "tcp/443",
    )
    assert [why.en for place, why in reading.skips if place == 5] == [
        "a rule of the nat table that translates nothing: a jump, a counter"
    ]


@pytest.mark.parametrize("line", ["-D INPUT 4", "--flush", "iptables -A INPUT -j DROP"])
def test_a_line_that_is_no_saved_rule_is_a_reject(line: str) -> None:
    assert [reject.value for reject in saved("-A FORWARD -j DROP", line).rejects] == [line]


def test_the_prompt_names_the_firewall_and_the_raw_rule_is_shown_with_it() -> None:
    text = b"[root@fw-2 ~]# iptables -S\n-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n"
    reading = read(reader, text)

    assert {row["device"] for row in reading.rows["firewall_rules"]} == {"fw-2"}
    assert reader.excerpt is not None
    assert reader.excerpt(BytesIO(text), 3, None) == "[root@fw-2 ~]# iptables -S\n-A INPUT -i lo -j ACCEPT"


def test_a_file_without_a_name_asks_for_the_device() -> None:
    assert "device" in read(reader, b"*filter\n-A INPUT -j DROP\nCOMMIT\n").rejects[0].why.en


def test_a_listing_with_interfaces_says_where_a_rule_holds_and_one_without_says_so() -> None:
    with_them = read(reader, real("filter-nv").encode(), device="fw-1").rows["firewall_rules"]
    without = read(reader, real("filter").encode(), device="fw-1").rows["firewall_rules"]

    loopback = next(row for row in with_them if (row["policy"], row["rule"]) == ("filter/INPUT", "2"))
    same = next(row for row in without if (row["policy"], row["rule"]) == ("filter/INPUT", "2"))
    assert loopback["source_zone"] == "lo"
    assert ("source_zone" in same, same["conditions"]) == (False, "interfaces not shown (-v)")


def real(name: str) -> str:
    return shared_data("firewall_config", "jc", "centos-7.7", f"iptables-{name}.out").read_text("utf-8")


def chains(text: str) -> list[tuple[str, list[Listing | None]]]:
    found: list[tuple[str, list[Listing | None]]] = []
    names: list[str] = []
    for line in text.split("\n"):
        if line.startswith("Chain "):
            found.append((line.split()[1], []))
        elif re.match(r"\s*(?:num|pkts|target)\s", line):
            names = line.split()
        elif line.strip():
            found[-1][1].append(listing(line, names))
    return found


@pytest.mark.parametrize("name", LISTINGS)
def test_every_rule_of_a_real_listing_is_as_its_truth_has_it(name: str) -> None:
    truth = json.loads(shared_data("firewall_config", "jc", "centos-7.7", f"iptables-{name}.json").read_text("utf-8"))
    found = chains(real(name))

    assert [(chain, len(rules)) for chain, rules in found] == [(chain["chain"], len(chain["rules"])) for chain in truth]
    for (_, rules), chain in zip(found, truth, strict=True):
        for one, record in zip(rules, chain["rules"], strict=True):
            assert one is not None
            for key, value in record.items():
                assert said(one, key) == (value.strip() if isinstance(value, str) else value), (key, record)


def said(one: Listing, key: str) -> object:
    """What was read, as the truth spells it: numbers as numbers, `--` as nothing."""
    if key == "options":
        return one.options
    text = one.columns[key]
    if key in ("pkts", "bytes", "num"):
        return counted(text)
    return None if text == "--" else text


@pytest.mark.parametrize("name", LISTINGS)
def test_every_chain_of_a_real_listing_gives_its_rows(name: str) -> None:
    """As many rows as rules and policies, of all tables but nat."""
    truth = json.loads(shared_data("firewall_config", "jc", "centos-7.7", f"iptables-{name}.json").read_text("utf-8"))
    reading = read(reader, real(name).encode(), device="fw-1")
    rows = reading.rows.get("firewall_rules", [])
    expected = 0 if name == "nat" else sum(len(chain["rules"]) for chain in truth) + real(name).count("(policy ")

    assert len(rows) == expected
    assert {str(row["policy"]).partition("/")[0] for row in rows} == ({name.partition("-")[0]} if rows else set())
    assert len(reading.rows.get("address_translations", [])) == (1 if name == "nat" else 0)
    assert reading.rejects == []


def test_it_knows_its_files() -> None:
    for text in ("*filter\n-A INPUT -j DROP\n", "-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n", real("nat")):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is not None
    for text in ("* filter\n", "Chain of command\n", "-A b\n"):
        assert reader.recognise(Head("a.txt", text.encode(), whole=True)) is None
