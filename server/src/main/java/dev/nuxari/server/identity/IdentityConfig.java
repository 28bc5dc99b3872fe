package dev.nuxari.server.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Browser sessions.
 *
 * @param sessionMaxAge after this time a person signs in again, whatever they do
 * @param sessionIdleTimeout after this time without a request a person signs in again
 */
@ConfigurationProperties(value = "nuxari.identity", ignoreUnknownFields = false)
record IdentityConfig(
        @DefaultValue("12h") Duration sessionMaxAge,
        @DefaultValue("1h") Duration sessionIdleTimeout) {
    private static final Duration LONGEST = Duration.ofDays(30);

    IdentityConfig {
        mustBeSensible("session-max-age", sessionMaxAge);
        mustBeSensible("session-idle-timeout", sessionIdleTimeout);
    }

    private static void mustBeSensible(String name, Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("nuxari.identity." + name + " is between a minute and 30 days");
        }
    }
}
