package dev.nuxari.server.broker;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the server administers the identity broker.
 *
 * @param issuer the realm's address; as {@code nuxari.oidc.issuer} unless the server reaches the broker by another one
 * @param clientId the name of the client whose service account may administer people, organizations and identity providers
 * @param clientSecret the password that belongs to the client id
 * @param timeout how long an answer may take
 */
@ConfigurationProperties(value = "nuxari.broker", ignoreUnknownFields = false)
record BrokerConfig(
        URI issuer,
        @DefaultValue("nuxari-server") String clientId,
        String clientSecret,
        @DefaultValue("10s") Duration timeout) {
    private static final int SHORTEST_SECRET = 16;
    private static final String REALMS = "/realms/";

    BrokerConfig {
        mustStand("issuer", issuer);
        mustStand("client-secret", clientSecret);
        if (!issuer.isAbsolute()
                || issuer.getHost() == null
                || !issuer.getPath().contains(REALMS)) {
            throw new IllegalArgumentException("nuxari.broker.issuer is the absolute address of a realm");
        }
        if (clientSecret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("nuxari.broker.client-secret has at least 16 characters");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("nuxari.broker.timeout is longer than nothing");
        }
    }

    private static void mustStand(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nuxari.broker." + name + " is missing");
        }
    }

    /** Where the realm is administered. */
    String administration() {
        String address = issuer.toString();
        int realm = address.lastIndexOf(REALMS);
        return address.substring(0, realm) + "/admin" + address.substring(realm);
    }

    String tokenAddress() {
        return issuer + "/protocol/openid-connect/token";
    }

    @Override
    public String toString() {
        return "BrokerConfig[" + issuer + ", " + clientId + ", ***]";
    }
}
