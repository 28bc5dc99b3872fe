package dev.nuxari.server.agents;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param folder where signed posture packs lie, one in each file that ends in {@code .json}, for agents whose hosts trust their
 *     makers; it is looked at once a minute, and without one none are offered
 */
@ConfigurationProperties(value = "nuxari.posture-packs", ignoreUnknownFields = false)
record PosturePacksConfig(@Nullable Path folder) {}
