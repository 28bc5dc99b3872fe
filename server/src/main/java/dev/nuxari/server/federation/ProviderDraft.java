package dev.nuxari.server.federation;

import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.redaction.RedactedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a provider to be.
 *
 * @param connection what pasted metadata said; null if there is nothing new
 * @param secret null to keep the one that is there
 */
record ProviderDraft(
        RedactedText name,
        ProviderState state,
        Preset preset,
        Source source,
        @Nullable Connection connection,
        @Nullable String secret,
        Enrolment enrolment) {
    IdentityProvider added(ProviderId id, Instant now) {
        return new IdentityProvider(
                id, name.text(), ProviderState.DRAFT, preset, source, connection, null, false, enrolment, now, 1);
    }

    /**
     * A secret goes to whom it was entered for: whoever changes where it is sent has to know it.
     *
     * @throws InvalidField if this would be another provider, or sends the secret elsewhere
     */
    void requireChangeOf(IdentityProvider before) {
        if (preset != before.preset()) {
            throw new InvalidField("preset", "stays what it was: add another provider");
        }
        if (preset.protocol() == Protocol.OIDC
                && before.hasSecret()
                && secret == null
                && !source.equals(before.source())) {
            throw new InvalidField("clientSecret", "has to be entered again when the issuer or the client id changes");
        }
    }

    /** The kind of a provider stays; what is known of another source is forgotten. */
    IdentityProvider changed(IdentityProvider before) {
        return new IdentityProvider(
                before.id(),
                name.text(),
                // Once the broker knows it, it is no draft any more.
                state == ProviderState.DRAFT && before.state() != ProviderState.DRAFT ? ProviderState.DISABLED : state,
                before.preset(),
                source,
                connection != null ? connection : source.equals(before.source()) ? before.connection() : null,
                source.equals(before.source()) ? before.reading() : null,
                before.hasSecret() || secret != null,
                enrolment,
                before.createdAt(),
                before.version() + 1);
    }

    boolean enables() {
        return state == ProviderState.ENABLED;
    }

    @Override
    public String toString() {
        return "ProviderDraft[" + name + "]";
    }
}
