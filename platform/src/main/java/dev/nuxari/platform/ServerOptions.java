package dev.nuxari.platform;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the server is run.
 *
 * @param data the data directory; the log goes below it
 * @param settings the server's configuration, without secrets
 * @param secrets environment variables, because arguments of a process can be read by everybody on the machine
 * @param recorded whether its start is recorded once for each build, so that later starts are faster
 */
record ServerOptions(
        Path data,
        int port,
        Map<String, String> settings,
        Map<String, String> secrets,
        boolean recorded,
        Lifetime lifetime) {
    ServerOptions {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "ServerOptions[port " + port + "]";
    }
}
