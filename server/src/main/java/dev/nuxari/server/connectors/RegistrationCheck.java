package dev.nuxari.server.connectors;

import dev.nuxari.server.connectors.Registered.Refused;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.vault.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What has to hold before a system is registered. Nothing is reached for it. */
@Component
class RegistrationCheck {
    private final ConnectorKinds kinds;
    private final Redactor redactor;

    RegistrationCheck(ConnectorKinds kinds, Redactor redactor) {
        this.kinds = kinds;
        this.redactor = redactor;
    }

    Optional<Refused> refusal(Registration registration) {
        Connector connector = kinds.of(registration.kind());
        return name(registration.name())
                .or(() -> settings(connector, registration.settings()))
                .or(() -> fields(connector, "observe", registration.observe()))
                .or(() -> fields(connector, "execute", registration.execute()));
    }

    private Optional<Refused> name(String name) {
        return redactor.redact(name).text().equals(name)
                ? Optional.empty()
                : Optional.of(new Refused(
                        ConnectorRefusal.SECRET_IN_SETTINGS,
                        "Something in the name looks like a secret. Secrets belong into credentials."));
    }

    private Optional<Refused> settings(Connector connector, Settings settings) {
        // Redacting them silently would store settings that do not work.
        if (!redactor.redact(settings.json()).json().equals(settings.json())) {
            return Optional.of(new Refused(
                    ConnectorRefusal.SECRET_IN_SETTINGS,
                    "Something in the settings looks like a secret. Secrets belong into credentials."));
        }
        try {
            connector.check(settings);
            return Optional.empty();
        } catch (ConnectorFailure e) {
            return Optional.of(new Refused(ConnectorRefusal.INVALID_SETTINGS, e.reason()));
        }
    }

    private static Optional<Refused> fields(Connector connector, String purpose, @Nullable Secret secret) {
        Set<String> wanted = connector.credentialFields();
        if (secret == null || secret.names().equals(wanted)) {
            return Optional.empty();
        }
        return Optional.of(new Refused(
                ConnectorRefusal.INVALID_CREDENTIALS,
                "The credential to %s has exactly the fields %s."
                        .formatted(purpose, String.join(", ", new TreeSet<>(wanted)))));
    }
}
