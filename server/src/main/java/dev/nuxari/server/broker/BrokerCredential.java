package dev.nuxari.server.broker;

import dev.nuxari.kernel.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that an account can be signed in to with, without the secret in it.
 *
 * @param label what the person has called it
 */
public record BrokerCredential(
        String id, Kind kind, @Nullable String label, Instant createdAt) {
    /** What it is. */
    public enum Kind {
        PASSWORD,
        PASSKEY,
        /** An authenticator app. */
        TOTP
    }

    /** Empty for what nobody here can set up. */
    static Optional<BrokerCredential> of(Json.Obj credential) {
        return kind(credential.string("type"))
                .map(kind -> new BrokerCredential(
                        credential.string("id"),
                        kind,
                        credential.optionalString("userLabel").orElse(null),
                        Instant.ofEpochMilli(credential.integer("createdDate"))));
    }

    private static Optional<Kind> kind(String type) {
        return switch (type) {
            case "password" -> Optional.of(Kind.PASSWORD);
            case "webauthn", "webauthn-passwordless" -> Optional.of(Kind.PASSKEY);
            case "otp" -> Optional.of(Kind.TOTP);
            default -> Optional.empty();
        };
    }
}
