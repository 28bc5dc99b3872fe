package dev.nuxari.platform;

import java.nio.file.Path;

/**
 * How Keycloak is run.
 *
 * @param directory where its log goes
 * @param secrets the folder with the passwords of its database role and of its administrator
 * @param port the TCP port on 127.0.0.1, or 0 for a free one
 */
public record KeycloakOptions(Path directory, Path secrets, int port, Lifetime lifetime) {
    /** With a free port, and ending with this JVM. */
    public static KeycloakOptions in(Path directory, Path secrets) {
        return new KeycloakOptions(directory, secrets, 0, Lifetime.OURS);
    }

    public KeycloakOptions onPort(int chosen) {
        return new KeycloakOptions(directory, secrets, chosen, lifetime);
    }

    public KeycloakOptions living(Lifetime chosen) {
        return new KeycloakOptions(directory, secrets, port, chosen);
    }
}
