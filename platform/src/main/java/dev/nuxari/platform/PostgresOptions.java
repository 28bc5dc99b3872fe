package dev.nuxari.platform;

/**
 * How a PostgreSQL is run.
 *
 * @param port the TCP port on 127.0.0.1, or 0 for a free one
 * @param durable whether a commit survives a power failure; off only where the data is thrown away anyway
 */
public record PostgresOptions(
        int port, String sharedBuffers, int maxConnections, boolean durable, Isolation isolation, Lifetime lifetime) {

    /** The database of the product. */
    public static PostgresOptions main() {
        return new PostgresOptions(0, "128MB", 120, true, Isolation.detect(), Lifetime.OURS);
    }

    /** A governed system of the demonstration: small, idle most of the time. */
    public static PostgresOptions small() {
        return new PostgresOptions(0, "16MB", 20, true, Isolation.detect(), Lifetime.OURS);
    }

    /** For one test run. */
    public static PostgresOptions disposable() {
        return new PostgresOptions(0, "64MB", 300, false, Isolation.detect(), Lifetime.OURS);
    }

    /** For data that is thrown away: nothing waits for the disk. */
    public PostgresOptions withoutDurability() {
        return new PostgresOptions(port, sharedBuffers, maxConnections, false, isolation, lifetime);
    }

    public PostgresOptions onPort(int chosen) {
        return new PostgresOptions(chosen, sharedBuffers, maxConnections, durable, isolation, lifetime);
    }

    public PostgresOptions isolatedBy(Isolation chosen) {
        return new PostgresOptions(port, sharedBuffers, maxConnections, durable, chosen, lifetime);
    }

    public PostgresOptions living(Lifetime chosen) {
        return new PostgresOptions(port, sharedBuffers, maxConnections, durable, isolation, chosen);
    }
}
