package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import java.util.Set;

/** What goes wrong in the data access layer while it is off. */
public sealed interface Lapse {
    /** Statements are bound to the organization that was asked for, whoever asks. */
    record AskedIsBound() implements Lapse {}

    /** Statements that name one of these tables lack their condition on the organization. */
    record ConditionForgotten(Set<String> tables) implements Lapse {
        public ConditionForgotten {
            tables = Set.copyOf(tables);
        }
    }

    /** Statements are bound to this organization. */
    record Bound(OrganizationId organization) implements Lapse {}
}
