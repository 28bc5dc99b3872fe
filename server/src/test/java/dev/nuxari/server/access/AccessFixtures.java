package dev.nuxari.server.access;

import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import java.util.List;

/** What governed systems show, in few words. */
final class AccessFixtures {
    static final String KIND = "group";

    private AccessFixtures() {}

    /** A system with these assignments, and the accounts and entitlements they name. */
    static Observed holding(List<Observed.Assignment> assignments) {
        return new Observed(
                assignments.stream()
                        .map(held -> account(held.account()))
                        .distinct()
                        .toList(),
                assignments.stream()
                        .map(held -> entitlement(held.entitlement().nativeId()))
                        .distinct()
                        .toList(),
                assignments);
    }

    static Observed.Account account(String name) {
        return new Observed.Account(name, "Name of " + name, name + "@example.org", true);
    }

    static Observed.Entitlement entitlement(String name) {
        return new Observed.Entitlement(new EntitlementRef(KIND, name), name, "What " + name + " is for");
    }

    static Observed.Assignment holds(String account, String entitlement) {
        return new Observed.Assignment(account, new EntitlementRef(KIND, entitlement));
    }
}
