package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.connectors.Registered.Accepted;
import dev.nuxari.server.connectors.Registered.Refused;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.vault.Credentials;
import dev.nuxari.server.vault.Purpose;
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.StepFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The governed systems of an organization: connecting them, and looking at them. */
@Component
public class Connectors {
    private final OrganizationScope scope;
    private final ConnectorStore store;
    private final RegistrationCheck check;
    private final Credentials credentials;
    private final SystemAccess systems;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Connectors(
            OrganizationScope scope,
            ConnectorStore store,
            RegistrationCheck check,
            Credentials credentials,
            SystemAccess systems,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.check = check;
        this.credentials = credentials;
        this.systems = systems;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * Connects a governed system and seals its credentials. It need not be reachable: its health says whether it was. Not
     * to be called inside an open scope, because it calls the system.
     */
    public Registered register(OrganizationId organization, Caller caller, Registration registration) {
        Registered registered = scope.within(organization, caller, () -> {
            Registered answer = check.refusal(registration)
                    .<Registered>map(refused -> refused)
                    .orElseGet(() -> add(organization, caller, registration));
            audit.append(event(registration, answer));
            return answer;
        });
        if (registered instanceof Accepted(RegisteredConnector connector)) {
            systems.probe(organization, caller, connector.id());
            return new Accepted(find(organization, caller, connector.id()).orElseThrow());
        }
        return registered;
    }

    public Optional<RegisteredConnector> find(OrganizationId organization, Caller caller, ConnectorId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    public Page<RegisteredConnector> list(OrganizationId organization, Caller caller, PageRequest page) {
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.page(page),
                        page.limit(),
                        connector -> connector.id().toString()));
    }

    /** What each system is called. */
    public Map<ConnectorId, String> names(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::names);
    }

    /**
     * Looks at a whole system as it is now, and notes its health. Not to be called inside an open scope; may take seconds.
     *
     * @throws StepFailure if the system is not registered, not reachable, or not as the settings say
     */
    public Observed observe(OrganizationId organization, Caller caller, ConnectorId id) {
        return systems.observe(organization, caller, id);
    }

    private Registered add(OrganizationId organization, Caller caller, Registration registration) {
        Optional<ConnectorId> added = store.add(
                registration.kind(),
                redactor.redact(registration.name()),
                redactor.redact(registration.settings().json()),
                clock.instant());
        if (added.isEmpty()) {
            return new Refused(
                    ConnectorRefusal.CONNECTOR_NAME_TAKEN,
                    "There is a connector %s already. Choose another name.".formatted(registration.name()));
        }
        ConnectorId id = added.get();
        credentials.store(organization, caller, id, Purpose.OBSERVE, registration.observe());
        Secret execute = registration.execute();
        if (execute != null) {
            credentials.store(organization, caller, id, Purpose.EXECUTE, execute);
        }
        return new Accepted(store.find(id).orElseThrow());
    }

    private AuditEvent event(Registration registration, Registered answer) {
        Json.Obj particulars = Json.object("kind", Spelling.of(registration.kind()), "name", registration.name());
        return switch (answer) {
            case Accepted(RegisteredConnector connector) ->
                AuditEvent.of(
                                ConnectorAction.CONNECTOR_REGISTER,
                                new Target("connector", connector.id().value()))
                        .metadata(redactor.redact(particulars));
            case Refused(ConnectorRefusal refusal, String _) ->
                AuditEvent.of(ConnectorAction.CONNECTOR_REGISTER, new Target("connector", "none"))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(particulars.with("reason", refusal.slug())));
        };
    }
}
