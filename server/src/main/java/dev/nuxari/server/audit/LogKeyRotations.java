package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Replaces an organization's log key. What the old one signed still verifies, and it signs nothing any more. */
@Service
public class LogKeyRotations {
    private final OrganizationScope scope;
    private final LogKeys keys;
    private final AuditTrail trail;
    private final AuditLog log;
    private final AuditStore store;
    private final Redactor redactor;
    private final InstantSource clock;

    LogKeyRotations(
            OrganizationScope scope,
            LogKeys keys,
            AuditTrail trail,
            AuditLog log,
            AuditStore store,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.keys = keys;
        this.trail = trail;
        this.log = log;
        this.store = store;
        this.redactor = redactor;
        this.clock = clock;
    }

    private enum Action implements AuditAction {
        LOG_KEY_ROTATE
    }

    /** What came of it. */
    public sealed interface Ruling {}

    /** Another key signs from now on. */
    public record Rotated(KeyManifest manifest) implements Ruling {}

    /** The keys are not those that the caller looked at. */
    public record Stale(int newest) implements Ruling {}

    /**
     * Replaces the key, and puts that on record as the first event after everything the old key vouches for.
     *
     * @param seen the version of the manifest that was looked at: of two who replace it at once, one does
     */
    public Ruling rotate(OrganizationId organization, Caller caller, int seen, String justification) {
        // Before the key is locked, and not in the same transaction: two that held it would wait for each other.
        keys.prepare(organization, caller);
        return scope.within(organization, caller, () -> {
            LogKeys.Held outgoing = keys.lock(organization, caller);
            AuditEvent event = AuditEvent.of(Action.LOG_KEY_ROTATE, new Target("log", organization.value()));
            Json.Obj why = Json.object("justification", justification);
            if (outgoing.manifest().version() != seen) {
                log.append(event.outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(why.with("refusal", "log-key-rotated"))));
                return new Stale(outgoing.manifest().version());
            }
            long treeSize = store.lockHead();
            trail.publish(organization, outgoing.log());
            KeyManifest next = keys.replace(caller, outgoing, endOf(outgoing.manifest()), treeSize);
            log.append(event.change(named(outgoing.manifest()), named(next))
                    .metadata(redactor.redact(why.with("treeSize", treeSize))));
            return new Rotated(next);
        });
    }

    /** Not before anything that the outgoing key has sealed, whatever the clock of the server that did. */
    private Instant endOf(KeyManifest outgoing) {
        return Stream.concat(Stream.of(clock.instant(), outgoing.issuedAt()), store.newestTime().stream())
                .max(Instant::compareTo)
                .orElseThrow()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /** In the log, the hash vouches for the manifest as well. */
    private Redacted named(KeyManifest manifest) {
        return redactor.redact(Json.object(
                "keyId", manifest.key(KeyName.LOG).keyId(),
                "manifestVersion", manifest.version(),
                "manifestHash", manifest.hash()));
    }
}
