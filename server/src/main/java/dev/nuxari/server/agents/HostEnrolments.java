package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.agents.TwoHosts.Sign;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Service;

/** Makes agents of hosts that show an enrolment token. */
@Service
class HostEnrolments {
    private static final Duration TOKENS_LAST = Duration.ofDays(30);

    private final OrganizationScope scope;
    private final AgentStore agents;
    private final TokenStore tokens;
    private final LogKeys keys;
    private final AuditTrail trail;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    HostEnrolments(
            OrganizationScope scope,
            AgentStore agents,
            TokenStore tokens,
            LogKeys keys,
            AuditTrail trail,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.tokens = tokens;
        this.keys = keys;
        this.trail = trail;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** What a host says of itself. */
    record Introduction(String hostName, String version, List<String> capabilities) {
        Introduction {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** What became of a host that asked to be an agent. */
    sealed interface Ruling {
        /** The one time that the token is there to be shown. */
        record Enrolled(AgentId agent, AgentToken token, Instant at) implements Ruling {}

        /** Somebody else was faster, or the token has ended meanwhile. */
        record TooLate() implements Ruling {}

        /** An agent has this key, or had it. */
        record KeyKnown(AgentId agent, Sign sign) implements Ruling {}
    }

    Ruling enrol(EnrollingHost host, Introduction introduction) {
        Caller caller = host.caller();
        AgentId agent = host.enrolment().agent();
        return scope.within(host.organization(), caller, () -> {
            Instant now = clock.instant();
            Optional<AgentId> known = agents.withKey(host.key());
            if (known.isPresent()) {
                return new Ruling.KeyKnown(known.get(), Sign.KEY_ENROLLED_AGAIN);
            }
            // The update is what one of two wins; the other waits for it, and then finds the token used.
            if (!tokens.use(host.enrolment().id(), now)) {
                return new Ruling.TooLate();
            }
            agents.enrol(agent, host.key(), introduction, now);
            AgentToken token = AgentToken.random(host.organization());
            tokens.add(agent, token.hash(), now);
            audit.append(AuditEvent.of(AgentAction.AGENT_ENROL, new Target("agent", agent.value()))
                    .metadata(redactor.redact(Json.object(
                            "enrolmentTokenId", host.enrolment().id().value(),
                            "hostName", introduction.hostName(),
                            "version", introduction.version(),
                            "keyThumbprint", host.key().thumbprint()))));
            return new Ruling.Enrolled(agent, token, now);
        });
    }

    /**
     * What the host has to know before it believes anything.
     *
     * @param known the version of the manifest that it trusts already
     */
    Json.Obj keys(EnrollingHost host, OptionalInt known) {
        int after = known.isPresent() ? known.getAsInt() : host.enrolment().manifestVersion() - 1;
        return Json.object(
                "v", 1,
                "organizationId", host.organization(),
                "manifests", manifestsAfter(host.caller(), after),
                "checkpoint",
                        trail.checkpoint(host.organization(), host.caller()).encoded());
    }

    /** The key manifests from the next version to the newest. */
    List<Json.Obj> manifestsAfter(Caller caller, int version) {
        List<Json.Obj> manifests = new ArrayList<>();
        Optional<KeyManifest> next = keys.find(caller.organization(), caller, version + 1);
        while (next.isPresent()) {
            manifests.add(next.get().json());
            next = keys.find(caller.organization(), caller, next.get().version() + 1);
        }
        return manifests;
    }

    /** Whether an agent with a token since then should ask for another. It does so by its own clock, which may stand still. */
    boolean isOld(Instant tokenSince) {
        return !tokenSince.isAfter(clock.instant().minus(TOKENS_LAST));
    }

    /** Another token beside the one that is in use, until it is used. */
    AgentToken rotate(AgentClient client) {
        return scope.within(client.organization(), client.caller(), () -> {
            Instant now = clock.instant();
            AgentToken token = AgentToken.random(client.organization());
            tokens.endUnused(client.agent(), now);
            tokens.add(client.agent(), token.hash(), now);
            audit.append(AuditEvent.of(
                    AgentAction.AGENT_TOKEN_ISSUE,
                    new Target("agent", client.agent().value())));
            return token;
        });
    }
}
