package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider of an organization.
 *
 * @param connection what was found at its source when it was enabled last; null before
 * @param hasSecret whether there is a client's secret; what it is nobody is told
 */
record IdentityProvider(
        ProviderId id,
        String name,
        ProviderState state,
        Preset preset,
        Source source,
        @Nullable Connection connection,
        boolean hasSecret,
        Enrolment enrolment,
        Instant createdAt,
        int version) {
    boolean isEnabled() {
        return state == ProviderState.ENABLED;
    }

    IdentityProvider withSecret() {
        return new IdentityProvider(id, name, state, preset, source, connection, true, enrolment, createdAt, version);
    }

    /** What the log says of it. Certificates are in the connection, as they are public. */
    Json.Obj forEvent() {
        return Json.object(
                        "name", name,
                        "state", Spelling.of(state),
                        "preset", Spelling.of(preset),
                        "source", source.json(),
                        "hasSecret", hasSecret,
                        "defaultRole", Spelling.of(enrolment.defaultRole()),
                        "ceiling", Spelling.of(enrolment.ceiling()),
                        "groupsClaim", enrolment.groupsClaim(),
                        "groups",
                                enrolment.rules().stream().map(GroupRule::json).toList(),
                        "version", version)
                .withPresent(
                        "certificates",
                        connection instanceof Connection.Saml saml
                                ? saml.certificates().stream()
                                        .map(Certificate::fingerprint)
                                        .toList()
                                : null);
    }
}
