package dev.nuxari.server.agents;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param releases a folder with signed releases of the agent, as their vendor publishes it; agents fetch from there what they were
 *     ordered to become
 */
@ConfigurationProperties(value = "nuxari.agents", ignoreUnknownFields = false)
record AgentsConfig(@Nullable Path releases) {
    AgentsConfig {
        if (releases != null && !releases.isAbsolute()) {
            throw new IllegalArgumentException("nuxari.agents.releases must be an absolute path");
        }
    }

    Optional<Path> folder() {
        return Optional.ofNullable(releases);
    }
}
