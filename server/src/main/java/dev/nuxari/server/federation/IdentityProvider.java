package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider of an organization.
 *
 * @param connection what was found at its source when it was enabled last; null before
 * @param reading how it went when the metadata at its address was read last; null if there is none
 * @param hasSecret whether there is a client's secret; what it is nobody is told
 */
record IdentityProvider(
        ProviderId id,
        String name,
        ProviderState state,
        Preset preset,
        Source source,
        @Nullable Connection connection,
        @Nullable MetadataReading reading,
        boolean hasSecret,
        Enrolment enrolment,
        Instant createdAt,
        int version) {
    boolean isEnabled() {
        return state == ProviderState.ENABLED;
    }

    /** Whether what it publishes about itself is read again from time to time. */
    boolean isRead() {
        return isEnabled() && source instanceof Source.MetadataAddress;
    }

    IdentityProvider withSecret() {
        return new IdentityProvider(
                id, name, state, preset, source, connection, reading, true, enrolment, createdAt, version);
    }

    /** A look at its source has found this. */
    IdentityProvider connected(@Nullable Connection found, Instant now) {
        return new IdentityProvider(
                id,
                name,
                state,
                preset,
                source,
                found,
                source instanceof Source.MetadataAddress ? MetadataReading.good(now) : null,
                hasSecret,
                enrolment,
                createdAt,
                version);
    }

    /** Its next version, which signs with other keys. */
    IdentityProvider renewed(Connection.Saml found, MetadataReading read) {
        return new IdentityProvider(
                id, name, state, preset, source, found, read, hasSecret, enrolment, createdAt, version + 1);
    }

    /** Speaks as it did before, where nothing newer is known. */
    IdentityProvider speaking(Connection spoken) {
        return new IdentityProvider(
                id, name, state, preset, source, spoken, reading, hasSecret, enrolment, createdAt, version);
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
