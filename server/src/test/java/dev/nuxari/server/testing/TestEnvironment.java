package dev.nuxari.server.testing;

import dev.nuxari.platform.testing.SharedKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Gives every Spring context of the tests the database, the broker and the key files that {@code ./nuxari up} would give.
 * Found through {@code META-INF/spring.factories}. What a test states itself is stronger.
 */
public final class TestEnvironment implements ApplicationContextInitializer<GenericApplicationContext> {
    @Override
    public void initialize(GenericApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource("nuxari test environment", settings()));
        context.registerBean(
                "manualClock", ManualClock.class, ManualClock::new, definition -> definition.setPrimary(true));
        context.registerBean(
                "testHttp",
                TestHttp.class,
                () -> new TestHttp(context.getEnvironment()),
                definition -> definition.setLazyInit(true));
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", TestDatabase.url());
        settings.put("spring.datasource.username", "nuxari_app");
        settings.put("spring.datasource.password", TestDatabase.password("nuxari_app"));
        settings.put("spring.flyway.user", "nuxari_owner");
        settings.put("spring.flyway.password", TestDatabase.password("nuxari_owner"));
        settings.put("nuxari.timers.username", "nuxari_timer");
        settings.put("nuxari.timers.password", TestDatabase.password("nuxari_timer"));
        settings.put("nuxari.public.base-url", "http://localhost:8080");
        settings.put("nuxari.oidc.issuer", TestBroker.instance().issuer());
        settings.put("nuxari.oidc.client-id", TestBroker.CLIENT_ID);
        settings.put("nuxari.oidc.client-secret", TestBroker.CLIENT_SECRET);
        // Tokens are those of a test's broker, to be had for the asking. What the server does at the broker it does at
        // the real one.
        settings.put("nuxari.broker.issuer", SharedKeycloak.instance().issuer());
        settings.put("nuxari.broker.client-secret", SharedKeycloak.SERVER_SECRET);
        settings.put("nuxari.tenancy.door-key-file", Keys.DOOR.toString());
        // Tests make organizations by the hundred, and look at their logs themselves.
        settings.put("nuxari.log-watch.every", "1d");
        settings.put("nuxari.domains.dns-servers", TestDns.instance().address());
        settings.put("nuxari.domains.timeout", "2s");
        settings.put("nuxari.mail.host", "localhost");
        settings.put("nuxari.mail.port", TestMailbox.instance().port());
        settings.put("nuxari.mail.from", "nuxari@mail.example");
        settings.put("nuxari.mail.protection", "none");
        settings.put("nuxari.master-key-file", Keys.MASTER.toString());
        settings.put("nuxari.agents.releases", TestReleases.folder().toString());
        return settings;
    }

    /** One door key per JVM, as there is one database: a second one would lock the first server out. */
    private static final class Keys {
        static final Path DOOR = random("door");
        static final Path MASTER = random("master");

        private static Path random(String name) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            try {
                Path file = Files.createTempFile("nuxari-" + name, ".key");
                file.toFile().deleteOnExit();
                return Files.writeString(file, Base64.getEncoder().encodeToString(key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
