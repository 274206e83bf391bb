"""Where Palo Alto's records hold what is wanted: by position in each type of its CSV, by key in its other forms.

Positions (from 0) are those of "Syslog Field Descriptions" in the PAN-OS Administrator's Guide, 8.0 to 12.1: fields were only
ever added behind those of the release before. Keys are those of the guides for CEF and LEEF, and of the Strata Logging
Service (Cortex Data Lake). No reader of its own.
"""

from collections.abc import Mapping

_HEAD = {1: "received", 2: "serial", 3: "type", 4: "subtype", 6: "generated"}
_SESSION = {
    **_HEAD,
    7: "source",
    8: "destination",
    11: "rule",
    12: "user",
    13: "other_user",
    24: "source_port",
    25: "destination_port",
    29: "protocol",
    30: "action",
}
_SYSTEM = {**_HEAD, 8: "code", 14: "told", 22: "device", 25: "precise"}
_CONFIG = {**_HEAD, 7: "source", 9: "action", 10: "user"}
_SEEN_BY = {8: "code", 12: "user", 15: "source", 28: "action"}
_THREAT = {**_SESSION, 32: "threat", 59: "device", 107: "precise"}
_AUTHENTICATION = {
    **_HEAD,
    8: "source",
    9: "user",
    12: "rule",
    20: "code",
    29: "device",
    33: "precise",
}
_HOST = {**_HEAD, 7: "user", 11: "source", 12: "rule", 24: "device", 30: "precise"}
_TUNNEL = {**_SESSION, 41: "device", 48: "bytes_sent", 49: "bytes_received"}

LAYOUTS: Mapping[str, Mapping[int, str]] = {
    "TRAFFIC": {**_SESSION, 32: "bytes_sent", 33: "bytes_received", 52: "device", 102: "precise"},
    "THREAT": _THREAT,
    "URL": _THREAT,
    "WILDFIRE": _THREAT,
    "DATA": _THREAT,
    "FILE": _THREAT,
    "SYSTEM": _SYSTEM,
    "CONFIG": {**_CONFIG, 21: "device", 25: "precise"},
    # With the change's details in front of the sequence number (custom formats), or behind it (PAN-OS 6 and 7).
    "CONFIG, detailed": {**_CONFIG, 23: "device", 27: "precise"},
    "GLOBALPROTECT": {**_HEAD, **_SEEN_BY, 36: "precise", 47: "device"},
    # PAN-OS 9.1.0 to 9.1.2 wrote the sequence number and the action flags in front of the type.
    "GLOBALPROTECT, early": {
        1: "received",
        2: "serial",
        5: "type",
        6: "subtype",
        8: "generated",
        **{position + 2: name for position, name in _SEEN_BY.items()},
    },
    "AUTHENTICATION": _AUTHENTICATION,
    "AUTH": _AUTHENTICATION,
    "USERID": {
        **_HEAD,
        8: "source",
        9: "user",
        14: "source_port",
        15: "destination_port",
        25: "device",
        35: "precise",
    },
    "HIPMATCH": _HOST,
    "HIP-MATCH": _HOST,
    "IPTAG": {**_HEAD, 8: "source", 10: "code", 23: "device", 25: "precise"},
    "DECRYPTION": {**_SESSION, 72: "precise", 96: "device"},
    "TUNNEL": _TUNNEL,
    "START": _TUNNEL,
    "END": _TUNNEL,
    "SCTP": {
        **{position: name for position, name in _SESSION.items() if position < 29},
        30: "protocol",
        31: "action",
        37: "device",
    },
    "GTP": _SESSION,
    "CORRELATION": {**_HEAD, 7: "source", 8: "user", 17: "device", 19: "code"},
    "": _HEAD,
}
"""By the type a record says it is of; the empty one for types that are not known here."""

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("TRAFFIC", "TUNNEL", "START", "END", "SCTP", "GTP", "DECRYPTION"), "traffic"),
    **dict.fromkeys(("THREAT", "URL", "WILDFIRE", "DATA", "FILE", "CORRELATION", "DNS", "DNS_SECURITY"), "threat"),
    **dict.fromkeys(("CONFIG", "AUDIT"), "admin"),
    **dict.fromkeys(("GLOBALPROTECT", "HIPMATCH", "HIP-MATCH"), "vpn"),
}
"""What types are records of; any other is the system's own."""

_OTHERS = ("User", "AdminUsername", "AdminUserName")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "type": ("LogType", "Type"),
    "subtype": ("Subtype", "SubType", "LogSubtype"),
    "precise": ("TimeGeneratedHighResolution",),
    "generated": ("TimeGenerated", "EventTime", "start", "PanOSEventTime", "devTime"),
    "received": ("TimeReceived", "LogTime", "rt", "ReceiveTime"),
    "device": ("DeviceName", "LogSourceName", "dvchost", "PanOSDeviceName"),
    "serial": ("DeviceSN", "LogSourceID", "deviceExternalId", "PanOSDeviceSN", "SerialNumber", "sn"),
    "source": ("SourceAddress", "SourceIP", "src", "PublicIPv4", "PanOSPublicIPv4", "PublicIPv6", "c6a2", "IPaddress"),
    "destination": ("DestinationAddress", "dst", "DNSResolverIP", "c6a3"),
    "source_port": ("SourcePort", "spt", "srcPort"),
    "destination_port": ("DestinationPort", "dpt", "dstPort"),
    "protocol": ("Protocol", "proto"),
    "action": ("Action", "act", "action"),
    "bytes_sent": ("BytesSent", "out", "srcBytes", "BytesOut"),
    "bytes_received": ("BytesReceived", "in", "dstBytes", "BytesIn"),
    "rule": ("Rule", "RuleName", "cs1", "HipMatchName"),
    "rule_label": ("cs1Label",),
    "user": ("SourceUser", "suser", "usrName", "SourceUserName", "PanOSSourceUserName", "PanOSSourceUser", *_OTHERS),
    "other_user": ("DestinationUser", "duser", "duser0"),
    "code": ("EventName", "EventIDValue", "PanOSEventIDValue", "EventID", "PanOSEventID"),
    "threat": ("ThreatID", "PanOSThreatID", "cat"),
    "told": ("EventDescription", "msg"),
    "status": ("EventStatus", "PanOSEventStatus"),
}
"""What is looked for, and under which keys in CEF, LEEF and JSON, the first that says something first."""
