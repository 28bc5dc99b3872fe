package dev.nuxari.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link ServerTest} about what the server does at the real Keycloak. Tokens of people are still those of {@link TestBroker}, so
 * that a test has them for the asking; {@link TestOrganization#atBroker} makes people whom both know. It is the same server as
 * that of other tests: two of them would take each other's timers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServerTest
public @interface BrokerTest {}
