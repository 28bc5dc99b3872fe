package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.access.Observation.Counts;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in one governed system, put in order: each account and each entitlement once, and no assignment of
 * something that was not listed, as happens when the system changes while it is read.
 */
record Sighting(
        NavigableMap<String, SeenAccount> accounts,
        NavigableMap<Key, SeenEntitlement> entitlements,
        NavigableSet<SeenAssignment> assignments) {
    record SeenAccount(
            String nativeId, String displayName, @Nullable String email, boolean enabled) {
        Json toJson() {
            return Json.object("nativeId", nativeId, "displayName", displayName, "email", email, "enabled", enabled);
        }
    }

    record SeenEntitlement(Key key, String name, String description) {
        Json toJson() {
            return Json.object("kind", key.kind, "nativeId", key.nativeId, "name", name, "description", description);
        }
    }

    record SeenAssignment(String account, Key entitlement) implements Comparable<SeenAssignment> {
        private static final Comparator<SeenAssignment> ORDER =
                Comparator.comparing(SeenAssignment::account).thenComparing(SeenAssignment::entitlement);

        @Override
        public int compareTo(SeenAssignment other) {
            return ORDER.compare(this, other);
        }

        Json toJson() {
            return Json.object("account", account, "kind", entitlement.kind, "entitlement", entitlement.nativeId);
        }
    }

    /** What names an entitlement inside its system. */
    record Key(String kind, String nativeId) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparing(Key::nativeId);

        static Key of(EntitlementRef ref) {
            return new Key(ref.kind(), ref.nativeId());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    static Sighting of(Observed observed) {
        NavigableMap<String, SeenAccount> accounts = new TreeMap<>();
        observed.accounts().forEach(account -> accounts.put(account.nativeId(), seen(account)));
        NavigableMap<Key, SeenEntitlement> entitlements = new TreeMap<>();
        observed.entitlements().forEach(entitlement -> {
            SeenEntitlement seen = seen(entitlement);
            entitlements.put(seen.key, seen);
        });
        NavigableSet<SeenAssignment> assignments = new TreeSet<>();
        observed.assignments().stream()
                .map(Sighting::seen)
                .filter(seen -> accounts.containsKey(seen.account) && entitlements.containsKey(seen.entitlement))
                .forEach(assignments::add);
        return new Sighting(accounts, entitlements, assignments);
    }

    Counts counts() {
        return new Counts(accounts.size(), entitlements.size(), assignments.size());
    }

    /** SHA-256 of the canonical JSON of everything, in order. */
    String summaryHash(ConnectorId connector) {
        return Sha256.hexOf(Json.object(
                        "v", 1,
                        "connectorId", connector.toString(),
                        "accounts",
                                accounts.values().stream()
                                        .map(SeenAccount::toJson)
                                        .toList(),
                        "entitlements",
                                entitlements.values().stream()
                                        .map(SeenEntitlement::toJson)
                                        .toList(),
                        "assignments",
                                assignments.stream().map(SeenAssignment::toJson).toList())
                .canonicalBytes());
    }

    private static SeenAccount seen(Observed.Account account) {
        String name = account.displayName().isBlank() ? account.nativeId() : account.displayName();
        String email = Optional.ofNullable(account.email())
                .filter(text -> !text.isBlank())
                .orElse(null);
        return new SeenAccount(account.nativeId(), name, email, account.enabled());
    }

    private static SeenEntitlement seen(Observed.Entitlement entitlement) {
        return new SeenEntitlement(
                Key.of(entitlement.ref()),
                entitlement.name(),
                Objects.requireNonNullElse(entitlement.description(), ""));
    }

    private static SeenAssignment seen(Observed.Assignment assignment) {
        return new SeenAssignment(assignment.account(), Key.of(assignment.entitlement()));
    }
}
