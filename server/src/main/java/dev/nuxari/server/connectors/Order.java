package dev.nuxari.server.connectors;

import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.PlannedStep;

/** What a connector is told to do. Carrying it out again changes nothing: orders are delivered at least once. */
public sealed interface Order {
    /** The native id of the account that is changed. */
    String account();

    /** The account shall hold the entitlement. */
    record Grant(String account, EntitlementRef entitlement) implements Order {}

    /** The account shall not hold the entitlement. */
    record Revoke(String account, EntitlementRef entitlement) implements Order {}

    /** Nobody shall be able to sign in with the account. */
    record Disable(String account) implements Order {}

    /** The order that a planned step stands for. */
    static Order of(PlannedStep step) {
        String account = step.account().nativeId();
        return switch (step.operation()) {
            case GRANT -> new Grant(account, entitlement(step));
            case REVOKE -> new Revoke(account, entitlement(step));
            case DISABLE -> new Disable(account);
            case PERFORM -> throw new IllegalArgumentException("an agent carries this out, and no connector");
        };
    }

    /**
     * Every connector calls this before it does anything else.
     *
     * @throws IllegalArgumentException if the permit is for something else
     */
    default void requirePermittedBy(ExecutionPermit permit) {
        if (!equals(of(permit.step()))) {
            throw new IllegalArgumentException("the permit is for something else than this order");
        }
    }

    private static EntitlementRef entitlement(PlannedStep step) {
        EntitlementRef entitlement = EntitlementRef.of(step);
        if (entitlement == null) {
            throw new IllegalArgumentException("the step names no entitlement");
        }
        return entitlement;
    }
}
