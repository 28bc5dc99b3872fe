package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.connectors.ConnectorKind.Capability;
import dev.nuxari.server.connectors.Registered.Accepted;
import dev.nuxari.server.connectors.Registered.Refused;
import dev.nuxari.server.connectors.RegisteredConnector.Health;
import dev.nuxari.server.connectors.RegisteredConnector.Seen;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.vault.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/connectors")
class ConnectorController {
    private static final int LONGEST_NAME = 100;

    private final Connectors connectors;

    ConnectorController(Connectors connectors) {
        this.connectors = connectors;
    }

    record RegistrationRequest(ConnectorKind kind, String name, Json.Obj settings, CredentialsRequest credentials) {
        RegistrationRequest {
            InvalidField.required("kind", kind);
            name = InvalidField.text("name", name, LONGEST_NAME);
            InvalidField.required("settings", settings);
            InvalidField.required("credentials", credentials);
        }
    }

    /** Comes in and never goes out. */
    record CredentialsRequest(
            Map<String, String> observe, @Nullable Map<String, String> execute) {
        CredentialsRequest {
            InvalidField.required("observe", observe);
        }

        private Secret toObserve() {
            return secret("observe", observe);
        }

        private @Nullable Secret toExecute() {
            return execute == null ? null : secret("execute", execute);
        }

        private static Secret secret(String name, Map<String, String> fields) {
            try {
                return Secret.of(fields);
            } catch (IllegalArgumentException e) {
                throw new InvalidField(name, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    record ConnectorView(
            ConnectorId id,
            ConnectorKind kind,
            String name,
            String state,
            Health health,
            @Nullable String healthReason,
            @Nullable Instant lastObservedAt,
            @Nullable Integer accounts,
            @Nullable Integer entitlements,
            List<Capability> capabilities,
            int version) {
        private static ConnectorView of(RegisteredConnector connector) {
            Optional<Seen> seen = connector.seen();
            return new ConnectorView(
                    connector.id(),
                    connector.kind(),
                    connector.name(),
                    "active",
                    connector.health(),
                    connector.healthReason().orElse(null),
                    seen.map(Seen::at).orElse(null),
                    seen.map(Seen::accounts).orElse(null),
                    seen.map(Seen::entitlements).orElse(null),
                    connector.kind().capabilities(),
                    connector.version());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ConnectorView registerConnector(
            OrganizationId organization, @RequestBody RegistrationRequest request, Caller caller) {
        var registration = new Registration(
                request.kind(),
                request.name(),
                new Settings(request.settings()),
                request.credentials().toObserve(),
                request.credentials().toExecute());
        return switch (connectors.register(organization, caller, registration)) {
            case Accepted(RegisteredConnector connector) -> ConnectorView.of(connector);
            case Refused(ConnectorRefusal refusal, String detail) -> throw new ProblemException(refusal, detail);
        };
    }

    @GetMapping
    PageView<ConnectorView> listConnectors(OrganizationId organization, PageRequest page, Caller caller) {
        return PageView.of(connectors.list(organization, caller, page), ConnectorView::of);
    }

    @GetMapping("/{id}")
    ConnectorView showConnector(OrganizationId organization, @PathVariable ConnectorId id, Caller caller) {
        return connectors
                .find(organization, caller, id)
                .map(ConnectorView::of)
                .orElseThrow(() ->
                        new ProblemException(ConnectorRefusal.NO_SUCH_CONNECTOR, "There is no connector " + id + "."));
    }
}
