package dev.nuxari.server.connectors;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that was seen in a governed system at one time. Assignments name accounts and entitlements that are in it. */
public record Observed(List<Account> accounts, List<Entitlement> entitlements, List<Assignment> assignments) {
    public Observed {
        accounts = List.copyOf(accounts);
        entitlements = List.copyOf(entitlements);
        assignments = List.copyOf(assignments);
    }

    /** The same under other native ids: a secret that somebody made the name of an account is none to keep. */
    public Observed named(UnaryOperator<String> names) {
        return new Observed(
                accounts.stream().map(account -> account.named(names)).toList(),
                entitlements.stream()
                        .map(entitlement -> entitlement.named(names))
                        .toList(),
                assignments.stream().map(assignment -> assignment.named(names)).toList());
    }

    /** A system's own name may be escaped, as a distinguished name is: then what it says is looked at without that. */
    private static String id(String nativeId, UnaryOperator<String> names) {
        String plain = nativeId.replace("\\", "");
        String shown = names.apply(plain);
        return shown.equals(plain) ? names.apply(nativeId) : shown;
    }

    private static EntitlementRef named(EntitlementRef ref, UnaryOperator<String> names) {
        return new EntitlementRef(ref.kind(), id(ref.nativeId(), names));
    }

    /** An identity; {@code nativeId} is the system's own name for it. */
    public record Account(
            String nativeId, String displayName, @Nullable String email, boolean enabled) {
        private Account named(UnaryOperator<String> names) {
            return new Account(id(nativeId, names), displayName, email, enabled);
        }
    }

    /** Something that can be held. */
    public record Entitlement(
            EntitlementRef ref, String name, @Nullable String description) {
        private Entitlement named(UnaryOperator<String> names) {
            return new Entitlement(Observed.named(ref, names), name, description);
        }
    }

    /** An account holds an entitlement. */
    public record Assignment(String account, EntitlementRef entitlement) {
        private Assignment named(UnaryOperator<String> names) {
            return new Assignment(id(account, names), Observed.named(entitlement, names));
        }
    }
}
