"""One thing under several names: declared, by rule, or openly ambiguous; never guessed."""

from chahe.engine.naming_rules import AccountFacts, HostFacts, Meaning, Names, accounts, hosts


def test_a_short_name_is_that_of_the_only_fqdn_that_begins_with_it() -> None:
    found = hosts(HostFacts(names={"db1", "db1.corp.example", "web", "web2.corp.example"}))

    assert found == Names({"db1.corp.example": Meaning("db1", "fqdn")}, {})


def test_the_name_that_registers_use_is_the_one_shown() -> None:
    found = hosts(HostFacts(names={"db1", "db1.corp.example"}, registers={"systems": {"db1.corp.example"}}))

    assert found.meanings == {"db1": Meaning("db1.corp.example", "fqdn")}


def test_a_short_name_of_two_fqdns_is_nobodys() -> None:
    found = hosts(HostFacts(names={"db1", "db1.tpe.example", "db1.khh.example"}))

    assert found == Names({}, {"db1": ("db1.khh.example", "db1.tpe.example")})


def test_two_names_of_one_register_are_two_things() -> None:
    found = hosts(HostFacts(names={"db1", "db1.khh.example"}, registers={"systems": {"db1", "db1.khh.example"}}))

    assert found == Names({}, {})


def test_an_address_is_the_host_that_alone_has_it() -> None:
    facts = HostFacts(
        names={"trade01", "192.0.2.10", "192.0.2.11", "a", "b"},
        addresses=[("trade01", "192.0.2.10"), ("a", "192.0.2.11"), ("b", "192.0.2.11"), ("a", "192.0.2.99")],
    )

    found = hosts(facts)

    assert found == Names({"192.0.2.10": Meaning("trade01", "address")}, {"192.0.2.11": ("a", "b")})


def test_a_host_under_two_names_has_its_address_once() -> None:
    facts = HostFacts(
        names={"db1", "db1.corp.example", "10.0.0.1"},
        addresses=[("db1", "10.0.0.1"), ("db1.corp.example", "10.0.0.1")],
    )

    assert hosts(facts).meanings["10.0.0.1"] == Meaning("db1", "address")


def test_a_serial_number_is_the_device_that_has_it() -> None:
    found = hosts(HostFacts(names={"fg100e1", "fg-dc1"}, serials=[("fg-dc1", "fg100e1")]))

    assert found.meanings == {"fg100e1": Meaning("fg-dc1", "serial")}


def test_what_is_declared_comes_before_every_rule_and_leads_on() -> None:
    facts = HostFacts(
        names={"db1", "db1.corp.example", "192.0.2.10", "order-db"},
        declared=[("db1.corp.example", "db1"), ("db1", "order-db"), ("192.0.2.10", "other")],
        addresses=[("db1", "192.0.2.10")],
    )

    found = hosts(facts)

    assert found.meanings == {
        "db1": Meaning("order-db", "declared"),
        "db1.corp.example": Meaning("order-db", "declared"),
        "192.0.2.10": Meaning("other", "declared"),
    }


def test_a_name_declared_twice_is_ambiguous_and_two_that_mean_each_other_end() -> None:
    facts = HostFacts(names={"x"}, declared=[("x", "a"), ("x", "b"), ("p", "q"), ("q", "p")])

    found = hosts(facts)

    assert found.ambiguous == {"x": ("a", "b")}
    assert "x" not in found.meanings


def test_a_domain_is_taken_off_an_account_where_only_one_domain_has_it() -> None:
    facts = AccountFacts(
        names={"corp\\wang", "wang@corp.example", "wang", "corp\\lin", "branch\\lin", "lin", "chen@mail.example"},
        domains={"corp.example", "branch"},
    )

    found = accounts(facts)

    assert found.meanings == {
        "corp\\wang": Meaning("wang", "domain"),
        "wang@corp.example": Meaning("wang", "domain"),
    }
    assert found.ambiguous == {"lin": ("branch\\lin", "corp\\lin")}


def test_a_sid_is_the_account_that_alone_has_it() -> None:
    facts = AccountFacts(
        names={"s-1-5-21-1-2-3-1104", "s-1-5-21-1-2-3-1105"},
        sids=[
            ("wang", "s-1-5-21-1-2-3-1104"),
            ("lin", "s-1-5-21-1-2-3-1105"),
            ("chen", "s-1-5-21-1-2-3-1105"),
        ],
    )

    found = accounts(facts)

    assert found.meanings == {"s-1-5-21-1-2-3-1104": Meaning("wang", "sid")}
    assert found.ambiguous == {"s-1-5-21-1-2-3-1105": ("chen", "lin")}
