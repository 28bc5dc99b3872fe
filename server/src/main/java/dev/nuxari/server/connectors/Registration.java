package dev.nuxari.server.connectors;

import dev.nuxari.server.vault.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A governed system to connect.
 *
 * @param execute without it the system is observed only
 */
public record Registration(
        ConnectorKind kind,
        String name,
        Settings settings,
        Secret observe,
        @Nullable Secret execute) {}
