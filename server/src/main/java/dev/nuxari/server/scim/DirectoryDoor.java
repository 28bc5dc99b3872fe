package dev.nuxari.server.scim;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.identity.EnrolmentDoor;
import dev.nuxari.server.scim.DirectoryStore.Known;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Lets a directory in, anew for each request, in its own name and to nothing that is not its own. */
@Component
class DirectoryDoor {
    private static final String SYSTEM_ACTOR = "directory";
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    /** SQLSTATE insufficient_privilege: there is no such organization, or it is not active. */
    private static final String NO_ENTRY = "42501";

    private final Doorkeeper doorkeeper;
    private final OrganizationScope scope;
    private final DirectoryStore store;
    private final InstantSource clock;

    DirectoryDoor(Doorkeeper doorkeeper, OrganizationScope scope, DirectoryStore store, InstantSource clock) {
        this.doorkeeper = doorkeeper;
        this.scope = scope;
        this.store = store;
        this.clock = clock;
    }

    /** Whoever holds the token; empty if it opens nothing, whyever. */
    Optional<DirectoryClient> admit(DirectoryToken token, Origin origin) {
        OrganizationId organization = token.organization();
        Caller server = doorkeeper.admitSystem(organization, SYSTEM_ACTOR, origin);
        try {
            Instant now = clock.instant();
            return scope.reading(organization, server, () -> store.findByToken(token.hash(), now))
                    .map(known -> {
                        if (isLongAgo(known, now)) {
                            scope.run(organization, server, () -> store.seen(known.id(), now));
                        }
                        return client(organization, known.id(), origin);
                    });
        } catch (DataAccessException e) {
            boolean noEntry =
                    e.getMostSpecificCause() instanceof SQLException refused && NO_ENTRY.equals(refused.getSQLState());
            if (!noEntry) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isLongAgo(Known known, Instant now) {
        Instant last = known.lastRequestAt();
        return last == null || last.plus(SEEN_EVERY).isBefore(now);
    }

    /** The directory's own name, for what is done for it. */
    DirectoryClient client(OrganizationId organization, DirectoryId directory, Origin origin) {
        return new DirectoryClient(
                directory, EnrolmentDoor.SCIM.open(doorkeeper, organization, directory.value(), origin));
    }
}
