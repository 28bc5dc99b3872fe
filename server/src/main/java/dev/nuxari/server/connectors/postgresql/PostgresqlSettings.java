package dev.nuxari.server.connectors.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.Settings;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the cluster is, and what of it is governed.
 *
 * @param personTable a table with the columns {@code role_name}, {@code display_name} and {@code email}, if the database has
 *     one: whose account a role is
 * @param excludedRoles roles that are neither shown nor changed, beside PostgreSQL's own
 */
record PostgresqlSettings(
        String host,
        int port,
        String database,
        String sslMode,
        Optional<String> personTable,
        Set<String> excludedRoles) {
    private static final Set<String> NAMES =
            Set.of("host", "port", "database", "sslMode", "personTable", "excludedRoles");
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    static PostgresqlSettings of(Settings settings) {
        settings.allowOnly(NAMES);
        String host = settings.text("host");
        if (!host.matches("[A-Za-z0-9._:\\-]+")) {
            throw ConnectorFailure.misconfigured("the setting host is no name of a host");
        }
        String sslMode = settings.optionalText("sslMode").orElse("prefer");
        if (!SSL_MODES.contains(sslMode)) {
            throw ConnectorFailure.misconfigured("the setting sslMode is none of PostgreSQL's");
        }
        List<String> excluded = settings.texts("excludedRoles");
        return new PostgresqlSettings(
                host,
                settings.port("port"),
                settings.text("database"),
                sslMode,
                settings.optionalText("personTable"),
                Set.copyOf(excluded));
    }

    /** The driver takes everything after a question mark for parameters, so the name of the database is encoded. */
    String url() {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://%s:%d/%s".formatted(literal, port, URLEncoder.encode(database, UTF_8));
    }

    String address() {
        return host + ":" + port + "/" + database;
    }

    /** PostgreSQL reserves the prefix for roles of its own. */
    boolean isGoverned(String role) {
        return !role.startsWith("pg_") && !excludedRoles.contains(role);
    }
}
