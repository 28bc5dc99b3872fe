package dev.nuxari.server.findings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how long each organization's log is left alone between two looks
 * @param anew how old the last look at every event may get before all of them are looked at again
 * @param memory the folder that keeps the newest checkpoint of each log outside the database, so that a database that was
 *     set back to an older state is noticed after a restart too; without one it is noticed as long as the server runs
 */
@ConfigurationProperties(value = "nuxari.log-watch", ignoreUnknownFields = false)
record LogWatchConfig(
        @DefaultValue("1m") Duration every,
        @DefaultValue("1h") Duration anew,
        @Nullable Path memory) {
    LogWatchConfig {
        if (!every.isPositive() || !anew.isPositive()) {
            throw new IllegalArgumentException("nuxari.log-watch.every and .anew must be positive");
        }
    }
}
