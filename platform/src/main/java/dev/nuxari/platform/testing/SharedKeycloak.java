package dev.nuxari.platform.testing;

import dev.nuxari.platform.Keycloak;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakOptions;
import dev.nuxari.platform.Progress;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.ScriptedLogin;

/** One Keycloak with the realm {@code nuxari} for all tests of a JVM, on {@link SharedPostgres}. */
public final class SharedKeycloak {
    /** The server's address in the realm. Nobody needs to listen there. */
    public static final String BASE_URL = "http://localhost:8080";

    /** The secret of the client {@code nuxari-console}. */
    public static final String CONSOLE_SECRET = "a-secret-for-tests-only";

    /** The secret of the client {@code nuxari-server}. */
    public static final String SERVER_SECRET = "another-secret-for-tests-only";

    private final Keycloak keycloak;

    private SharedKeycloak() {
        SharedPostgres postgres = SharedPostgres.instance();
        keycloak = Keycloak.start(
                postgres.postgres(),
                KeycloakOptions.in(postgres.directory(), postgres.directory().resolve("secrets")),
                Progress.silent());
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close, "stop-shared-keycloak"));
        keycloak.admin().ensureRealm(RealmTemplate.render(BASE_URL, CONSOLE_SECRET, SERVER_SECRET));
    }

    /** The one of this JVM, started when first asked for. */
    public static SharedKeycloak instance() {
        return Holder.INSTANCE;
    }

    public Keycloak keycloak() {
        return keycloak;
    }

    public String url() {
        return keycloak.url();
    }

    /** The issuer of the realm {@code nuxari}. */
    public String issuer() {
        return keycloak.url() + "/realms/" + RealmTemplate.REALM;
    }

    public KeycloakAdmin admin() {
        return keycloak.admin();
    }

    /** Signs people in to the realm {@code nuxari}. */
    public ScriptedLogin login() {
        return new ScriptedLogin(issuer());
    }

    private static final class Holder {
        static final SharedKeycloak INSTANCE = new SharedKeycloak();
    }
}
