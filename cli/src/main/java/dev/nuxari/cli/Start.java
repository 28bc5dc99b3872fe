package dev.nuxari.cli;

import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that starts the stack can be told. */
final class Start {
    @Option(names = "--data", paramLabel = "DIR", description = "Where everything durable lies (default: .nuxari).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The server's port (default: 8080).")
    private int port;

    @Option(names = "--no-record", description = "Skip what the first start of a build does to make later ones faster.")
    private boolean unrecorded;

    StackOptions options(Place place, boolean demonstration, Lifetime lifetime) {
        Ports.check(port);
        return new StackOptions(place.data(data), port, demonstration, !unrecorded, lifetime, Map.of());
    }
}
