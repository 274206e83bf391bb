"""Applications that every Junos device knows, as protocols and ports. No reader of its own.

Source: Juniper's list of predefined applications (`show configuration groups junos-defaults applications`).
"""

from collections.abc import Mapping
from typing import Final

PREDEFINED: Final[Mapping[str, str]] = {
    "any": "any", "junos-ftp": "tcp/21", "junos-ftp-data": "tcp/20", "junos-tftp": "udp/69", "junos-rtsp": "tcp/554",
    "junos-netbios-session": "tcp/139", "junos-smb": "tcp/139 tcp/445", "junos-smb-session": "tcp/445",
    "junos-ssh": "tcp/22", "junos-telnet": "tcp/23", "junos-smtp": "tcp/25", "junos-smtps": "tcp/465",
    "junos-tacacs": "tcp/49", "junos-tacacs-ds": "tcp/65", "junos-dhcp-client": "udp/68", "junos-dhcp-server": "udp/67",
    "junos-dhcp-relay": "udp/67", "junos-bootpc": "udp/68", "junos-bootps": "udp/67", "junos-finger": "tcp/79",
    "junos-http": "tcp/80", "junos-http-ext": "tcp/7001", "junos-https": "tcp/443", "junos-pop3": "tcp/110",
    "junos-pop3s": "tcp/995", "junos-ident": "tcp/113", "junos-nntp": "tcp/119", "junos-ntp": "udp/123",
    "junos-imap": "tcp/143", "junos-imaps": "tcp/993", "junos-bgp": "tcp/179", "junos-ldap": "tcp/389",
    "junos-snpp": "tcp/444", "junos-biff": "udp/512", "junos-who": "udp/513", "junos-syslog": "udp/514",
    "junos-printer": "tcp/515", "junos-rip": "udp/520", "junos-radius": "udp/1812", "junos-radacct": "udp/1813",
    "junos-nfsd-tcp": "tcp/2049", "junos-nfsd-udp": "udp/2049", "junos-nfs": "udp/111",
    "junos-cvspserver": "tcp/2401", "junos-ldp-tcp": "tcp/646", "junos-ldp-udp": "udp/646", "junos-xnm-ssl": "tcp/3220",
    "junos-xnm-clear-text": "tcp/3221", "junos-ike": "udp/500", "junos-ike-nat": "udp/4500", "junos-aol": "tcp/5190-5193",
    "junos-chargen": "udp/19", "junos-dns-udp": "udp/53", "junos-dns-tcp": "tcp/53", "junos-discard": "udp/9",
    "junos-echo": "udp/7", "junos-gopher": "tcp/70", "junos-gnutella": "udp/6346-6347", "junos-gre": "gre",
    "junos-gtp": "udp/2123", "junos-h323": "tcp/1720 udp/1719 tcp/1503 tcp/389 tcp/522 tcp/1731", "junos-http-proxy": "tcp/8080",
    "junos-icmp-all": "icmp", "junos-icmp-ping": "icmp/8", "junos-ping": "icmp/8", "junos-icmp6-all": "icmp6",
    "junos-icmp6-echo-request": "icmp6/128", "junos-icmp6-echo-reply": "icmp6/129", "junos-pingv6": "icmp6/128",
    "junos-internet-locator-service": "tcp/389", "junos-irc": "tcp/6660-6669", "junos-l2tp": "udp/1701",
    "junos-lpr": "tcp/515", "junos-mail": "tcp/25", "junos-mgcp-ca": "udp/2727", "junos-mgcp-ua": "udp/2427",
    "junos-msn": "tcp/1863", "junos-ms-rpc-tcp": "tcp/135", "junos-ms-rpc-udp": "udp/135", "junos-ms-rpc-epm": "tcp/135",
    "junos-ms-sql": "tcp/1433", "junos-nbname": "udp/137", "junos-nbds": "udp/138", "junos-ns-global": "tcp/15397",
    "junos-ns-global-pro": "tcp/15397", "junos-nsm": "udp/69", "junos-ospf": "ospf", "junos-pc-anywhere": "udp/5632",
    "junos-pptp": "tcp/1723", "junos-realaudio": "tcp/554", "junos-rlogin": "tcp/513", "junos-rsh": "tcp/514",
    "junos-sccp": "tcp/2000", "junos-sctp-any": "sctp", "junos-sip": "udp/5060 tcp/5060", "junos-sqlnet-v1": "tcp/1525",
    "junos-sqlnet-v2": "tcp/1521", "junos-sql-monitor": "udp/1434", "junos-stun": "udp/3478 tcp/3478",
    "junos-sun-rpc-portmap-tcp": "tcp/111", "junos-sun-rpc-portmap-udp": "udp/111", "junos-sun-rpc-tcp": "tcp/111",
    "junos-sun-rpc-udp": "udp/111", "junos-talk": "udp/517", "junos-ntalk": "udp/518", "junos-tcp-any": "tcp",
    "junos-udp-any": "udp", "junos-tracert-udp": "udp/33435-33523", "junos-uucp": "tcp/540", "junos-vdo-live": "tcp/7000-7010",
    "junos-vnc": "tcp/5800", "junos-wais": "tcp/210", "junos-whois": "tcp/43", "junos-winframe": "tcp/1494",
    "junos-wxcontrol": "tcp/3578", "junos-x-windows": "tcp/6000-6063", "junos-ymsg": "tcp/5000-5010",
    "junos-persistent-nat": "any", "junos-netconf": "tcp/830", "junos-netconf-over-ssh": "tcp/830", "junos-jdp": "tcp/2794",
}  # fmt: skip
"""By name, the words of `service_sets`, blank-parted."""
SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "junos-cifs": ("junos-netbios-session", "junos-smb-session"),
    "junos-ms-rpc": ("junos-ms-rpc-tcp", "junos-ms-rpc-udp"),
    "junos-sun-rpc": ("junos-sun-rpc-tcp", "junos-sun-rpc-udp"),
    "junos-sun-rpc-portmap": ("junos-sun-rpc-portmap-tcp", "junos-sun-rpc-portmap-udp"),
    "junos-mgcp": ("junos-mgcp-ua", "junos-mgcp-ca"),
    "junos-routing-inbound": ("junos-bgp", "junos-rip", "junos-ldp-tcp", "junos-ldp-udp"),
}
"""Predefined sets."""
