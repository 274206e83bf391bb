"""Port forwards and 1:1 mappings of pfSense and OPNsense. No reader of its own.

<nat><rule><interface>wan</interface><protocol>tcp</protocol><source><any/></source>
  <destination><network>wanip</network><port>443</port></destination><target>10.30.2.20</target><local-port>8443</local-port></rule>
  <onetoone><interface>wan</interface><external>203.0.113.30</external><source><address>10.30.2.30</address></source></onetoone></nat>
"""

from lxml import etree

from chahe.sources.firewall_rules.network_sets import EVERY
from chahe.sources.firewall_rules.pfsense_objects import FAMILIES, Objects, services, side
from chahe.sources.firewall_rules.translation_rows import Translation


def translation(element: etree._Element, objects: Objects, device: str) -> Translation | None:
    """A port forward or 1:1 mapping; null for outbound translation and for exceptions from it.

    Its place among its kind is not known here, so it has no number yet.
    """
    parent = element.getparent()
    target = (element.findtext("target") or "").strip()
    outbound = parent is not None and parent.tag == "outbound"
    excepted = element.find("nordr") is not None or element.find("nobinat") is not None
    if outbound or excepted or (element.tag == "rule" and not target):
        return None
    every = FAMILIES.get((element.findtext("ipprotocol") or "inet").strip(), EVERY)
    comment = (element.findtext("descr") or "").strip() or None
    interface = tuple(name for name in (element.findtext("interface") or "").split(",") if name)
    if element.tag == "onetoone":
        inside, outside = _end(element, "source"), (element.findtext("external") or "").strip()
        return Translation(
            device=device,
            policy="nat/onetoone",
            position=0,
            rule="",
            kind="static",
            enabled=element.find("disabled") is None,
            outside_zone=interface,
            outside_addresses=side(objects, (outside,), every, negated=False),
            inside_addresses=side(objects, (inside[0],), every, negated=inside[2]),
            comment=comment,
        )
    who, there = _end(element, "source"), _end(element, "destination")
    transport = (element.findtext("protocol") or "").strip().replace("any", "")
    local = (element.findtext("local-port") or "").strip()
    sources = side(objects, (who[0],), every, negated=who[2])
    # A range of ports outside moves to as many from the local port on: only its beginning is written.
    inside_services = services(objects, transport, local, "", "") if local and local != there[1] else ()
    return Translation(
        device=device,
        policy="nat/forward",
        position=0,
        rule="",
        kind="publish",
        enabled=element.find("disabled") is None,
        outside_zone=interface,
        outside_addresses=side(objects, (there[0],), every, negated=there[2]),
        outside_services=services(objects, transport, there[1], "", ""),
        inside_addresses=side(objects, (target,), every, negated=False),
        inside_services=inside_services,
        from_addresses=() if sources == every else sources,
        comment=comment,
    )


def _end(element: etree._Element, which: str) -> tuple[str, str, bool]:
    """The name of one end, its port, and whether all but it is meant."""
    below = element.find(which)
    if below is None:
        return "any", "", False
    name = (below.findtext("address") or below.findtext("network") or "any").strip()
    return name, (below.findtext("port") or "").strip(), below.find("not") is not None
