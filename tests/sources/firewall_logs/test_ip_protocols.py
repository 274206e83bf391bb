"""Protocols above IP have one name in all firewalls' records, whoever wrote them."""

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.firewall_logs.ip_protocols import is_protocol, protocol
from reading import read

ENDS = ("2001:db8::1", "2001:db8::2")
SYSLOG = "Nov 22 09:00:00 gate1 "
PALO_ALTO = ["1", "2026/11/22 09:00:01", "0070510001", "TRAFFIC", "end", "", "2026/11/22 09:00:00", *ENDS, *[""] * 108]
LINES = {
    "cef": "CEF:0|M|P|1|9|n|5|rt=1795309200000 dvchost=gate1 src={0} dst={1} act=deny proto={2}",
    "leef": "LEEF:1.0|M|P|1|9|devTime=1795309200000\tidentHostName=gate1\tsrc={0}\tdst={1}\taction=deny\tproto={2}",
    "checkpoint": "time=1795309200|product=VPN-1 & FireWall-1|action=Drop|origin=10.1.1.1|src={0}|dst={1}|proto={2}|",
    "cisco_asa": f'{SYSLOG}: %ASA-4-106023: Deny {{2}} src a:{{0}} dst b:{{1}} by access-group "edge" [0x0, 0x0]',
    "fortigate": 'date=2026-11-22 time=09:00:00 devname="gate1" logid="13" type="traffic" subtype="forward" srcip={0} dstip={1} proto={2}',
    "juniper_srx": '<14>1 2026-11-22T09:00:00+08:00 gate1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.142 source-address="{0}" '
    'source-port="1" destination-address="{1}" destination-port="1" protocol-id="{2}" policy-name="p"]',
    "netfilter": f"{SYSLOG}kernel: [UFW BLOCK] IN=eth0 OUT= SRC={{0}} DST={{1}} LEN=72 TC=0 HOPLIMIT=63 FLOWLBL=0 PROTO={{2}}",
    "paloalto": ",".join([*PALO_ALTO[:29], "{2}", "allow", *PALO_ALTO[31:]]),
    "pf_filterlog": f"{SYSLOG}filterlog[9]: 7,,,9,igb0,match,pass,in,6,0x00,0x00000,255,{{2}},58,32,{{0}},{{1}},",
    "zeek_conn": '{{"ts":1795309200.5,"uid":"C1","id.orig_h":"{0}","id.resp_h":"{1}","proto":"icmp","ip_proto":{2},"conn_state":"OTH"}}',
}
BY_NAME = ("cef", "leef", "checkpoint", "netfilter", "paloalto", "pf_filterlog")
SPELLED = {"cisco_asa": "protocol {}"}
OPEN = ("register_csv", "register_xlsx", "query_rows")
"""Readers of any table, whose columns a person fills in."""


def named(reader: str, written: str) -> object:
    reading = read(readers()[reader], LINES[reader].format(*ENDS, written).encode(), zone="UTC")
    assert not reading.rejects
    assert not reading.skips
    return reading.rows["firewall_events"][0].get("protocol")


def test_every_reader_of_firewall_events_is_asked() -> None:
    assert LINES.keys() == {name for name, one in readers().items() if "firewall_events" in one.tables} - set(OPEN)


@pytest.mark.parametrize("reader", sorted(LINES.keys() - {"pf_filterlog"}))
@pytest.mark.parametrize(("number", "name"), [("58", "ipv6-icmp"), ("89", "ospfigp"), ("47", "gre"), ("253", "253")])
def test_numbers_have_ianas_names(reader: str, number: str, name: str) -> None:
    assert named(reader, SPELLED.get(reader, "{}").format(number)) == name


@pytest.mark.parametrize("reader", BY_NAME)
@pytest.mark.parametrize("written", ["ICMPv6", "icmp6", "ipv6-icmp", "IPv6-ICMP"])
def test_other_spellings_of_a_name_are_ianas(reader: str, written: str) -> None:
    assert named(reader, written) == "ipv6-icmp"


def test_a_name_that_iana_has_not_is_kept_in_small_letters() -> None:
    assert protocol(" CARP ") == "carp"
    assert protocol(" ") is None
    assert is_protocol("OSPF")
    assert not is_protocol("carp")
