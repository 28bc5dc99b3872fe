package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Signs in on another device, with a code to type (RFC 8628): for machines without a browser. */
public final class DeviceLogin {
    private final Broker broker;

    public DeviceLogin(Broker broker) {
        this.broker = broker;
    }

    /** Shows address and code to whoever is there, and asks the broker until they have finished. */
    public Session.Tokens signIn(BiConsumer<String, String> show) {
        Pkce pkce = Pkce.fresh();
        Json.Obj begun = broker.device(pkce);
        show.accept(begun.string("verification_uri_complete"), begun.string("user_code"));
        long interval = Math.max(1, Fields.number(begun, "interval"));
        long attempts = Math.max(1, Fields.number(begun, "expires_in") / interval);
        for (long attempt = 0; attempt < attempts; attempt++) {
            pause(Duration.ofSeconds(interval));
            Optional<Session.Tokens> tokens = broker.poll(begun.string("device_code"), pkce);
            if (tokens.isPresent()) {
                return tokens.get();
            }
        }
        throw new Unreachable("Nobody signed in before the code expired. Start again.");
    }

    private static void pause(Duration interval) {
        try {
            Thread.sleep(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while waiting for the sign-in.", e);
        }
    }
}
