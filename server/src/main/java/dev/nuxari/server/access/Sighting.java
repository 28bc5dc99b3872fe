package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.access.Observation.Counts;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
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
            String nativeId,
            RedactedText displayName,
            @Nullable RedactedText email,
            boolean enabled) {
        Json toJson() {
            return Json.object(
                    "nativeId",
                    nativeId,
                    "displayName",
                    displayName.text(),
                    "email",
                    email == null ? null : email.text(),
                    "enabled",
                    enabled);
        }
    }

    record SeenEntitlement(Key key, RedactedText name, RedactedText description) {
        Json toJson() {
            return Json.object(
                    "kind", key.kind, "nativeId", key.nativeId, "name", name.text(), "description", description.text());
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

    /** Takes the secrets out of what people have written there; what identifies something stays as it is. */
    static Sighting of(Observed observed, Redactor redactor) {
        NavigableMap<String, SeenAccount> accounts = new TreeMap<>();
        observed.accounts().forEach(account -> accounts.put(account.nativeId(), seen(account, redactor)));
        NavigableMap<Key, SeenEntitlement> entitlements = new TreeMap<>();
        observed.entitlements().forEach(entitlement -> {
            SeenEntitlement seen = seen(entitlement, redactor);
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

    private static SeenAccount seen(Observed.Account account, Redactor redactor) {
        String name = account.displayName().isBlank() ? account.nativeId() : account.displayName();
        RedactedText email = Optional.ofNullable(account.email())
                .filter(text -> !text.isBlank())
                .map(redactor::redact)
                .orElse(null);
        return new SeenAccount(account.nativeId(), redactor.redact(name), email, account.enabled());
    }

    private static SeenEntitlement seen(Observed.Entitlement entitlement, Redactor redactor) {
        return new SeenEntitlement(
                Key.of(entitlement.ref()),
                redactor.redact(entitlement.name()),
                redactor.redact(Objects.requireNonNullElse(entitlement.description(), "")));
    }

    private static SeenAssignment seen(Observed.Assignment assignment) {
        return new SeenAssignment(assignment.account(), Key.of(assignment.entitlement()));
    }
}
