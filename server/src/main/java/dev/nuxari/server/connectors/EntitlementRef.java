package dev.nuxari.server.connectors;

import dev.nuxari.server.workflow.PlannedStep;
import org.jspecify.annotations.Nullable;

/** An entitlement by the kind and the name it has in its system. The name is the system's own and does not change. */
public record EntitlementRef(String kind, String nativeId) {
    /** What a step is about; null if it disables an account. */
    static @Nullable EntitlementRef of(PlannedStep step) {
        PlannedStep.Entitlement entitlement = step.entitlement();
        return entitlement == null ? null : new EntitlementRef(entitlement.kind(), entitlement.nativeId());
    }
}
