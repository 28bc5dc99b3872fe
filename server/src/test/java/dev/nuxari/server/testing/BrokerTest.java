package dev.nuxari.server.testing;

import dev.nuxari.platform.testing.SharedKeycloak;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * A {@link ServerTest} whose server administers the real Keycloak. Tokens of people are still those of {@link TestBroker}, so
 * that a test has them for the asking; {@link TestOrganization#atBroker} makes people whom both know.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServerTest
@ContextConfiguration(initializers = BrokerTest.Administration.class)
public @interface BrokerTest {
    /** The settings of the server's own client at the broker. */
    final class Administration implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(Map.of(
                            "nuxari.broker.issuer",
                            SharedKeycloak.instance().issuer(),
                            "nuxari.broker.client-secret",
                            SharedKeycloak.SERVER_SECRET))
                    .applyTo(context);
        }
    }
}
