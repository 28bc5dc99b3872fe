package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.connectors.RegisteredConnector.Health;
import dev.nuxari.server.connectors.RegisteredConnector.Seen;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.vault.Credentials;
import dev.nuxari.server.vault.NoCredential;
import dev.nuxari.server.vault.PermitRefused;
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.FailureClass;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Prepares a call to a governed system in a scope, calls outside it, and notes in another whether the system answered. What
 * goes wrong leaves as a {@link StepFailure}.
 */
@Component
class SystemAccess {
    private final OrganizationScope scope;
    private final ConnectorStore store;
    private final ConnectorKinds kinds;
    private final Credentials credentials;
    private final Redactor redactor;
    private final InstantSource clock;

    SystemAccess(
            OrganizationScope scope,
            ConnectorStore store,
            ConnectorKinds kinds,
            Credentials credentials,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.kinds = kinds;
        this.credentials = credentials;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Only notes the health: that a system does not answer is no failure of whoever registers it. */
    void probe(OrganizationId organization, Caller caller, ConnectorId id) {
        try {
            ToLook it = toLook(organization, caller, id);
            noting(it.target(), caller, () -> {
                it.target().connector().probe(it.target().settings(), it.secret());
                return id;
            });
        } catch (StepFailure failure) {
            // The health has the reason.
        }
    }

    Observed observe(OrganizationId organization, Caller caller, ConnectorId id) {
        Instant at = clock.instant();
        ToLook it = toLook(organization, caller, id);
        Observed observed = noting(
                it.target(),
                caller,
                () -> it.target().connector().observe(it.target().settings(), it.secret()));
        var seen =
                new Seen(at, observed.accounts().size(), observed.entitlements().size());
        scope.run(organization, caller, () -> store.observed(id, seen));
        return observed;
    }

    Sight look(OrganizationId organization, Caller caller, PlannedStep step) {
        ToLook it = toLook(organization, caller, step.connector());
        return noting(
                it.target(),
                caller,
                () -> it.target()
                        .connector()
                        .look(
                                it.target().settings(),
                                it.secret(),
                                step.account().nativeId(),
                                EntitlementRef.of(step)));
    }

    /**
     * Carries the permitted step out. The permit is used up before the system is called: whether the call did something is
     * found out by looking.
     */
    Outcome execute(ExecutionPermit permit, Caller caller) {
        Target target = target(permit.organization(), caller, permit.step().connector());
        Secret secret = given(() -> credentials.forExecution(permit, caller));
        Order order = Order.of(permit.step());
        return noting(target, caller, () -> target.connector().execute(permit, target.settings(), secret, order));
    }

    private record Target(OrganizationId organization, RegisteredConnector registered, Connector connector) {
        Settings settings() {
            return registered.settings();
        }
    }

    private Target target(OrganizationId organization, Caller caller, ConnectorId id) {
        RegisteredConnector registered = scope.reading(organization, caller, () -> store.find(id))
                .orElseThrow(() -> new StepFailure(
                        FailureClass.CONFIGURATION, "the connector " + id + " is not registered any more"));
        return new Target(organization, registered, kinds.of(registered.kind()));
    }

    /** A system with what opens it for looking. */
    private record ToLook(Target target, Secret secret) {}

    private ToLook toLook(OrganizationId organization, Caller caller, ConnectorId id) {
        return scope.within(
                organization,
                caller,
                () -> new ToLook(
                        target(organization, caller, id),
                        given(() -> credentials.forObservation(organization, caller, id))));
    }

    private static Secret given(Supplier<Secret> vault) {
        try {
            return vault.get();
        } catch (NoCredential e) {
            throw new StepFailure(FailureClass.CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (PermitRefused e) {
            throw new StepFailure(FailureClass.PERMISSION, String.valueOf(e.getMessage()));
        }
    }

    /** Health is written when it changes, not with every call. */
    private <T> T noting(Target target, Caller caller, Supplier<T> call) {
        RegisteredConnector registered = target.registered();
        try {
            T answer = call.get();
            if (registered.health() != Health.HEALTHY) {
                scope.run(target.organization(), caller, () -> store.answered(registered.id()));
            }
            return answer;
        } catch (ConnectorFailure failure) {
            RedactedText reason = redactor.redact(failure.reason());
            scope.run(target.organization(), caller, () -> store.failed(registered.id(), reason));
            throw new StepFailure(failure.failureClass(), reason.text());
        }
    }
}
