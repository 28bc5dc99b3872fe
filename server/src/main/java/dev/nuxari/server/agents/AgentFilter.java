package dev.nuxari.server.agents;

import dev.nuxari.server.agents.Agent.Health;
import dev.nuxari.server.agents.Agent.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are listed. What is absent does not restrict.
 *
 * @param query looked for in the names of agents and of their hosts, without regard to case
 */
record AgentFilter(
        @Nullable String query,
        @Nullable State state,
        @Nullable Health health) {
    AgentFilter {
        query = query == null || query.isBlank() ? null : query.strip();
    }

    /** Those of the wanted health were seen after this. */
    @Nullable
    Instant seenAfter(Instant now) {
        return health == null || health == Health.SILENT ? null : now.minus(health.until());
    }

    /** Those of the wanted health were seen no later than this. */
    @Nullable
    Instant seenUntil(Instant now) {
        return switch (health) {
            case null -> null;
            case ONLINE -> null;
            case LATE -> now.minus(Health.ONLINE.until());
            case SILENT -> now.minus(Health.LATE.until());
        };
    }
}
