package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.server.keys.Envelope;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What our client shows to a provider. Sealed in a row of its own organization, as credentials are; it goes to the broker and
 * nowhere else.
 */
@Component
class ClientSecrets {
    private final ProviderStore store;
    private final Envelope envelope;

    ClientSecrets(ProviderStore store, Envelope envelope) {
        this.store = store;
        this.envelope = envelope;
    }

    void seal(ProviderId id, String secret) {
        store.seal(id, envelope.seal(secret.getBytes(UTF_8), context(id)));
    }

    Optional<String> open(ProviderId id) {
        return store.sealedSecret(id).map(kept -> new String(envelope.open(kept, context(id)), UTF_8));
    }

    private static String context(ProviderId id) {
        return "identity-provider/" + id;
    }
}
