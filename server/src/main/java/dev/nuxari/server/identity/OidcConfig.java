package dev.nuxari.server.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity broker.
 *
 * @param issuer the broker's address, to the letter as it stands in tokens
 * @param clientId the name of this server at the broker, for sign-ins in the browser
 * @param clientSecret the password that belongs to the client id
 * @param cliClientId the name of the command line at the broker; whatever else it gave a token to does not speak for people here
 * @param audience for whom access tokens have to be
 */
@ConfigurationProperties(value = "nuxari.oidc", ignoreUnknownFields = false)
record OidcConfig(
        URI issuer,
        @DefaultValue("nuxari-console") String clientId,
        String clientSecret,
        @DefaultValue("nuxari-cli") String cliClientId,
        @DefaultValue("nuxari-api") String audience) {
    private static final int SHORTEST_SECRET = 16;

    OidcConfig {
        mustStand("issuer", issuer);
        mustStand("client-secret", clientSecret);
        if (!issuer.isAbsolute() || issuer.getHost() == null) {
            throw new IllegalArgumentException("nuxari.oidc.issuer is an absolute address");
        }
        if (clientSecret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("nuxari.oidc.client-secret has at least 16 characters");
        }
    }

    private static void mustStand(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nuxari.oidc." + name + " is missing");
        }
    }

    /** Whether a token that was given to this client ({@code azp}) is one of ours. */
    boolean isOurs(@Nullable String client) {
        return clientId.equals(client) || cliClientId.equals(client);
    }

    /** Where the browser goes to type a password: scheme, host and port. */
    String origin() {
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }

    @Override
    public String toString() {
        return "OidcConfig[" + issuer + ", " + clientId + ", ***]";
    }
}
