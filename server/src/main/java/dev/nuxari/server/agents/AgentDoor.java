package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.agents.TwoHosts.Sign;
import dev.nuxari.server.tenancy.AgentAdmission;
import dev.nuxari.server.tenancy.AgentAdmission.Admitted;
import dev.nuxari.server.tenancy.AgentAdmission.Ended;
import dev.nuxari.server.tenancy.AgentAdmission.Unknown;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Lets agents in, anew for each request, in their own name and to nothing that is not their own; and hosts that are about to be one. */
@Component
class AgentDoor {
    /** The database knows it by this name: see {@code V220__agents.sql}. */
    private static final String ENROLMENT = "agent-enrolment";

    private static final String SERVER = "agents";
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    /** An agent that has just taken another token may have a request under way with the one before. */
    private static final Duration CHANGING = Duration.ofMinutes(5);

    /** SQLSTATE insufficient_privilege: there is no such organization, or it is not active. */
    private static final String NO_ENTRY = "42501";

    private final Doorkeeper doorkeeper;
    private final OrganizationScope scope;
    private final AgentStore agents;
    private final TokenStore tokens;
    private final TwoHosts twoHosts;
    private final InstantSource clock;

    AgentDoor(
            Doorkeeper doorkeeper,
            OrganizationScope scope,
            AgentStore agents,
            TokenStore tokens,
            TwoHosts twoHosts,
            InstantSource clock) {
        this.doorkeeper = doorkeeper;
        this.scope = scope;
        this.agents = agents;
        this.tokens = tokens;
        this.twoHosts = twoHosts;
        this.clock = clock;
    }

    /** The agent with this token and this key; empty if they open nothing, whyever. */
    Optional<AgentClient> admit(AgentToken token, AgentKey key, Origin origin) {
        OrganizationId organization = token.organization();
        AgentAdmission admission = doorkeeper.admitAgent(organization, token.hash(), origin);
        return switch (admission) {
            case Admitted known
            when Arrays.equals(known.publicKey(), key.key().bytes()) -> Optional.of(admitted(known, key));
            case Ended ended
            when Arrays.equals(ended.publicKey(), key.key().bytes()) -> {
                suspect(organization, ended, origin);
                yield Optional.empty();
            }
            case Admitted _, Ended _, Unknown _ -> Optional.empty();
        };
    }

    private AgentClient admitted(Admitted known, AgentKey key) {
        Caller caller = known.caller();
        var client = new AgentClient(new AgentId(known.agent()), key, caller);
        Instant now = clock.instant();
        if (known.firstUse() || isLongAgo(known.seenAt(), now)) {
            scope.run(caller.organization(), caller, () -> {
                if (known.firstUse()) {
                    tokens.firstUse(client.agent(), known.token(), now);
                }
                agents.seen(client.agent(), now);
            });
        }
        return client;
    }

    private void suspect(OrganizationId organization, Ended ended, Origin origin) {
        Instant at = ended.at();
        if (ended.state().equals("active") && at != null && at.plus(CHANGING).isBefore(clock.instant())) {
            twoHosts.report(server(organization, origin), new AgentId(ended.agent()), Sign.OLD_TOKEN_USED);
        }
    }

    private static boolean isLongAgo(@org.jspecify.annotations.Nullable Instant last, Instant now) {
        return last == null || last.plus(SEEN_EVERY).isBefore(now);
    }

    /** The host with this enrolment token; empty if it opens nothing, whyever. */
    Optional<EnrollingHost> admit(EnrolmentToken token, AgentKey key, Origin origin) {
        OrganizationId organization = token.organization();
        Caller server = doorkeeper.admitSystem(organization, ENROLMENT, origin);
        try {
            return scope.reading(organization, server, () -> tokens.findEnrolment(token.hash()))
                    .filter(enrolment -> enrolment.isGood(clock.instant()))
                    .map(enrolment -> new EnrollingHost(enrolment, key, server));
        } catch (DataAccessException e) {
            boolean noEntry =
                    e.getMostSpecificCause() instanceof SQLException refused && NO_ENTRY.equals(refused.getSQLState());
            if (!noEntry) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The server itself, for what no agent may do; the log says where the request came from that made it act. */
    Caller server(OrganizationId organization, Origin origin) {
        return doorkeeper.admitSystem(organization, SERVER, origin);
    }
}
