package dev.nuxari.server.vault;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.keys.Envelope;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.vault.CredentialStore.Sealed;
import dev.nuxari.server.workflow.ExecutionGate;
import dev.nuxari.server.workflow.ExecutionPermit;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The credentials of governed systems: sealed when they come in, opened for one use at a time (claim E1). */
@Component
public class Credentials {
    private final OrganizationScope scope;
    private final CredentialStore store;
    private final Envelope envelope;
    private final ExecutionGate gate;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Credentials(
            OrganizationScope scope,
            CredentialStore store,
            Envelope envelope,
            ExecutionGate gate,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.envelope = envelope;
        this.gate = gate;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Seals a credential and makes it the active one. The one before it is invalidated in the same transaction. */
    public void store(
            OrganizationId organization, Caller caller, ConnectorId connector, Purpose purpose, Secret secret) {
        scope.run(organization, caller, () -> {
            store.lock(connector, purpose);
            store.invalidateActive(connector, purpose);
            int version = store.nextVersion(connector, purpose);
            byte[] sealed = envelope.seal(secret.toBytes(), context(connector, purpose, version));
            store.add(connector, purpose, version, sealed, clock.instant());
            audit.append(AuditEvent.of(VaultAction.CREDENTIAL_STORE, new Target("connector", connector.value()))
                    .metadata(redactor.redact(Json.object("purpose", Spelling.of(purpose), "version", version))));
        });
    }

    /**
     * Gives out what carries out one permitted step, and uses the permit up. Which system it opens follows from the permit.
     *
     * @throws PermitRefused if the gate does not honour the permit
     * @throws NoCredential if there is none to execute with; the permit stays unused
     */
    public Secret forExecution(ExecutionPermit permit, Caller caller) {
        return scope.within(
                        permit.organization(),
                        caller,
                        () -> gate.redeem(permit, caller)
                                ? Optional.of(active(permit.step().connector(), Purpose.EXECUTE))
                                : Optional.<Secret>empty())
                .orElseThrow(PermitRefused::new);
    }

    /**
     * Gives out what can look, and nothing else.
     *
     * @throws NoCredential if there is none
     */
    public Secret forObservation(OrganizationId organization, Caller caller, ConnectorId connector) {
        return scope.within(organization, caller, () -> active(connector, Purpose.OBSERVE));
    }

    private Secret active(ConnectorId connector, Purpose purpose) {
        Sealed sealed = store.active(connector, purpose).orElseThrow(() -> new NoCredential(connector, purpose));
        return Secret.parse(envelope.open(sealed.bytes(), context(connector, purpose, sealed.version())));
    }

    private static String context(ConnectorId connector, Purpose purpose, int version) {
        return "credential/%s/%s/%d".formatted(connector, Spelling.of(purpose), version);
    }
}
