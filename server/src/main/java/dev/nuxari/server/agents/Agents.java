package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.agents.TokenStore.Enrolment;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The agents of an organization, for its people. */
@Service
public class Agents {
    private static final int MOST = 20_000;
    private static final Duration ENROLMENTS_LAST = Duration.ofHours(24);

    private final OrganizationScope scope;
    private final AgentStore store;
    private final TokenStore tokens;
    private final LogKeys keys;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Agents(
            OrganizationScope scope,
            AgentStore store,
            TokenStore tokens,
            LogKeys keys,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.tokens = tokens;
        this.keys = keys;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    Optional<Agent> find(OrganizationId organization, Caller caller, AgentId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    /** An enrolment token that was drawn a moment ago: the one time that it is there to be shown. */
    record Issued(Enrolment enrolment, EnrolmentToken token, KeyManifest manifest) {}

    /** What became of something that was asked. */
    sealed interface Ruling<T> {
        record Done<T>(T result) implements Ruling<T> {}

        record Refused<T>(AgentProblem why) implements Ruling<T> {}
    }

    /** Names an agent. It is pending until a host enrols as it. */
    Ruling<Agent> add(OrganizationId organization, Caller caller, String name) {
        return scope.within(organization, caller, () -> {
            if (store.count() >= MOST) {
                return new Ruling.Refused<>(AgentProblem.TOO_MANY_AGENTS);
            }
            Instant now = clock.instant();
            var id = new AgentId(UuidV7.at(now));
            store.add(id, redactor.redact(name), caller.memberId(), now);
            audit.append(AuditEvent.of(AgentAction.AGENT_ADD, target(id))
                    .metadata(redactor.redact(Json.object("name", name))));
            return new Ruling.Done<>(store.find(id).orElseThrow());
        });
    }

    /** Draws the token by which one host becomes this agent. One that was drawn before is revoked. */
    Ruling<Issued> issue(OrganizationId organization, Caller caller, AgentId id) {
        return scope.within(organization, caller, () -> {
            KeyManifest manifest = keys.hold(organization, caller).manifest();
            Optional<Agent> found = store.lock(id);
            if (found.isEmpty()) {
                return new Ruling.Refused<>(AgentProblem.NO_SUCH_AGENT);
            }
            if (found.get().state() != State.PENDING) {
                return new Ruling.Refused<>(AgentProblem.AGENT_ENROLLED);
            }
            Instant now = clock.instant();
            var enrolment = new Enrolment(
                    new EnrolmentTokenId(UuidV7.at(now)),
                    id,
                    manifest.version(),
                    now,
                    caller.memberId(),
                    now.plus(ENROLMENTS_LAST),
                    null,
                    null);
            EnrolmentToken token = EnrolmentToken.random(organization);
            tokens.revokeOthers(id, now);
            tokens.addEnrolment(enrolment, token.hash());
            audit.append(AuditEvent.of(AgentAction.AGENT_ENROLMENT_ISSUE, target(id))
                    .metadata(redactor.redact(
                            Json.object("tokenId", enrolment.id().value(), "expiresAt", enrolment.expiresAt()))));
            return new Ruling.Done<>(new Issued(enrolment, token, manifest));
        });
    }

    /** From here on no host enrols by it. Answers false if there is no such token; one that has ended is ended. */
    boolean revokeEnrolment(OrganizationId organization, Caller caller, AgentId id, EnrolmentTokenId token) {
        return scope.within(organization, caller, () -> {
            boolean revoked = tokens.revoke(id, token, clock.instant());
            if (revoked) {
                audit.append(AuditEvent.of(AgentAction.AGENT_ENROLMENT_REVOKE, target(id))
                        .metadata(redactor.redact(Json.object("tokenId", token.value()))));
            }
            return revoked || tokens.hasEnrolment(id, token);
        });
    }

    /**
     * Ends an agent for good: its token opens nothing from its next request on, its enrolment tokens neither, and nobody enrols with its
     * key again.
     *
     * @param state revoked or lost
     */
    Ruling<Agent> end(OrganizationId organization, Caller caller, AgentId id, State state) {
        return scope.within(organization, caller, () -> {
            Optional<Agent> found = store.lock(id);
            if (found.isEmpty()) {
                return new Ruling.Refused<>(AgentProblem.NO_SUCH_AGENT);
            }
            if (found.get().endedAt() != null) {
                return new Ruling.Done<>(found.get());
            }
            Instant now = clock.instant();
            tokens.revokeOthers(id, now);
            tokens.endAll(id, now);
            store.end(id, state, caller.memberId(), now);
            audit.append(
                    AuditEvent.of(state == State.LOST ? AgentAction.AGENT_LOSE : AgentAction.AGENT_REVOKE, target(id)));
            return new Ruling.Done<>(store.find(id).orElseThrow());
        });
    }

    /** What a finding about an agent is about. */
    static String subject(AgentId id) {
        return "agent:" + id;
    }

    static Target target(AgentId id) {
        return new Target("agent", id.value());
    }
}
