package dev.nuxari.server.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that was seen in a governed system at one time. Assignments name accounts and entitlements that are in it. */
public record Observed(List<Account> accounts, List<Entitlement> entitlements, List<Assignment> assignments) {
    public Observed {
        accounts = List.copyOf(accounts);
        entitlements = List.copyOf(entitlements);
        assignments = List.copyOf(assignments);
    }

    /** An identity; {@code nativeId} is the system's own name for it. */
    public record Account(
            String nativeId, String displayName, @Nullable String email, boolean enabled) {}

    /** Something that can be held. */
    public record Entitlement(
            EntitlementRef ref, String name, @Nullable String description) {}

    /** An account holds an entitlement. */
    public record Assignment(String account, EntitlementRef entitlement) {}
}
