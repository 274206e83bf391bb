"""What the firewalls enforce, as their own configuration backups: FortiOS and ASA, the rules of the firm's list and no others."""

from pathlib import Path
from typing import Final

from chahe.simulate.cast.staff_and_systems import Firewall, FirewallRule, Published
from chahe.simulate.files import write_text
from chahe.simulate.life.company import Firm

_ANY: Final = "任意"
_PORTS: Final = {"HTTPS": 443, "SSH": 22, "RDP": 3389}


def write_firewall_configs(firm: Firm, folder: Path) -> None:
    """One file a firewall."""
    for wall in firm.firewalls:
        rules = [rule for rule in firm.firewall_rules if rule.device == wall.device]
        rules.sort(key=lambda rule: rule.action == "拒絕")
        if wall.maker == "asa":
            write_text(folder / f"{wall.device}.txt", _asa(wall, rules))
        else:
            shown = [one for one in firm.published if one.device == wall.device]
            write_text(folder / f"{wall.device}.conf", _fortios(wall, rules, shown))


def _fortios(wall: Firewall, rules: list[FirewallRule], published: list[Published]) -> str:
    vips = {one.outside: one for one in published}
    named = sorted({text for rule in rules for text in (rule.source, rule.destination)} - {_ANY, *vips})
    parts = ["#config-version=FG200F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=backup"]
    parts += ["config system global", f'    set hostname "{wall.device}"', "end"]
    parts += ["config firewall address"]
    parts += [
        line for text in named for line in _entry(f'"{text}"', [f"subnet {text if '/' in text else text + '/32'}"])
    ]
    parts += ["end", "config firewall service custom"]
    for service in sorted({rule.service for rule in rules} - {"ALL"}):
        parts += _entry(f'"{service}"', [f"tcp-portrange {_port(service)}"])
    parts += ["end", "config firewall vip"]
    for one in published:
        about = [f"extip {one.outside}", f'mappedip "{one.inside}"', 'extintf "wan1"', "portforward enable"]
        parts += _entry(f'"{one.name}"', [*about, f"extport {one.port}", f"mappedport {one.port}"])
    parts += ["end", "config firewall policy"]
    for rule in rules:
        parts += _entry(rule.rule, _policy(rule, vips))
    return "\n".join([*parts, "end", ""])


def _policy(rule: FirewallRule, vips: dict[str, Published]) -> list[str]:
    shown = vips.get(rule.destination)
    destination = shown.name if shown else _fortios_name(rule.destination)
    return [
        f'srcintf "{rule.source_zone}"',
        f'dstintf "{rule.destination_zone}"',
        f"action {'deny' if rule.action == '拒絕' else 'accept'}",
        f'srcaddr "{_fortios_name(rule.source)}"',
        f'dstaddr "{destination}"',
        'schedule "always"',
        f'service "{rule.service}"',
        "logtraffic all",
    ]


def _fortios_name(text: str) -> str:
    return "all" if text == _ANY else text


def _entry(name: str, settings: list[str]) -> list[str]:
    return [f"    edit {name}", *(f"        set {one}" for one in settings), "    next"]


def _port(service: str) -> int:
    """Of a service as the list writes it: `HTTPS`, or `TCP 7001`."""
    return _PORTS.get(service) or int(service.split()[1])


def _asa(wall: Firewall, rules: list[FirewallRule]) -> str:
    lines = ["ASA Version 9.16(4)", f"hostname {wall.device}"]
    for rule in rules:
        action = "deny ip" if rule.action == "拒絕" else "permit tcp"
        port = "" if rule.service == "ALL" else f" eq {_port(rule.service)}"
        lines.append(
            f"access-list inside_in extended {action} {_asa_side(rule.source)} {_asa_side(rule.destination)}{port}"
        )
    lines += ["access-list outside_in extended deny ip any any"]
    lines += ["access-group inside_in in interface inside", "access-group outside_in in interface outside", ""]
    return "\n".join(lines)


def _asa_side(text: str) -> str:
    if text == _ANY:
        return "any"
    return "10.10.0.0 255.255.0.0" if text == "10.10.0.0/16" else f"host {text}"
