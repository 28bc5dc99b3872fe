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

    /** The same in other words, native ids included: what is kept of a secret has the same words wherever it stands. */
    public Observed worded(UnaryOperator<String> words) {
        return new Observed(
                accounts.stream().map(account -> account.worded(words)).toList(),
                entitlements.stream()
                        .map(entitlement -> entitlement.worded(words))
                        .toList(),
                assignments.stream().map(assignment -> assignment.worded(words)).toList());
    }

    private static @Nullable String worded(@Nullable String text, UnaryOperator<String> words) {
        return text == null ? null : words.apply(text);
    }

    /** A system's own name may be escaped, as a distinguished name is: then what it says is looked at without that. */
    private static String id(String nativeId, UnaryOperator<String> words) {
        String plain = nativeId.replace("\\", "");
        String shown = words.apply(plain);
        return shown.equals(plain) ? words.apply(nativeId) : shown;
    }

    private static EntitlementRef worded(EntitlementRef ref, UnaryOperator<String> words) {
        return new EntitlementRef(ref.kind(), id(ref.nativeId(), words));
    }

    /** An identity; {@code nativeId} is the system's own name for it. */
    public record Account(
            String nativeId, String displayName, @Nullable String email, boolean enabled) {
        private Account worded(UnaryOperator<String> words) {
            return new Account(id(nativeId, words), words.apply(displayName), Observed.worded(email, words), enabled);
        }
    }

    /** Something that can be held. */
    public record Entitlement(
            EntitlementRef ref, String name, @Nullable String description) {
        private Entitlement worded(UnaryOperator<String> words) {
            return new Entitlement(Observed.worded(ref, words), words.apply(name), Observed.worded(description, words));
        }
    }

    /** An account holds an entitlement. */
    public record Assignment(String account, EntitlementRef entitlement) {
        private Assignment worded(UnaryOperator<String> words) {
            return new Assignment(id(account, words), Observed.worded(entitlement, words));
        }
    }
}
