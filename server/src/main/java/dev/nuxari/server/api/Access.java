package dev.nuxari.server.api;

import dev.nuxari.kernel.Permission;
import dev.nuxari.server.tenancy.Caller;
import java.util.Set;

/** What a route demands of its caller. */
sealed interface Access {
    /** Nothing: there need not even be a caller. */
    record Anybody() implements Access {}

    /**
     * A member of some organization, of whatever role.
     *
     * @param sensitive see {@link AnyOf}
     */
    record SignedIn(boolean sensitive) implements Access {}

    /** Whoever holds a share link, and nobody else: what the link shares is all there is behind such a route. */
    record LinkHolder() implements Access {}

    /** The directory of the organization in the path, and nobody else: what it sends is all there is behind such a route. */
    record Directory() implements Access {}

    /**
     * An edge agent, and nobody else: what concerns it is all there is behind such a route.
     *
     * @param enrolled whether it is one already; if not, its host shows an enrolment token
     */
    record Agent(boolean enrolled) implements Access {}

    /**
     * One of these permissions.
     *
     * @param sensitive whether what it does or hands out is worth a second factor that was just shown, where the organization
     *     asks for one
     */
    record AnyOf(Set<Permission> permissions, boolean sensitive) implements Access {
        public AnyOf {
            permissions = Set.copyOf(permissions);
        }

        boolean grantedTo(Caller caller) {
            return permissions.stream().anyMatch(caller::may);
        }
    }
}
