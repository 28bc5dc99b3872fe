package dev.nuxari.platform;

import java.nio.file.Path;
import java.util.Map;

/**
 * What to start.
 *
 * @param data the data directory; everything durable lies below it
 * @param port the server's TCP port on 127.0.0.1
 * @param demonstration whether the two organizations of the demonstration and their governed systems are there
 * @param recorded whether starts are recorded once for each build, so that later ones are faster
 * @param settings more of the server's configuration, without secrets; it does not replace what the stack sets
 */
public record StackOptions(
        Path data, int port, boolean demonstration, boolean recorded, Lifetime lifetime, Map<String, String> settings) {
    public StackOptions {
        data = data.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
    }

    /** With the demonstration, ending with this JVM. */
    public static StackOptions in(Path data, int port) {
        return new StackOptions(data, port, true, true, Lifetime.OURS, Map.of());
    }

    public StackOptions withoutDemonstration() {
        return new StackOptions(data, port, false, recorded, lifetime, settings);
    }

    public StackOptions withoutRecording() {
        return new StackOptions(data, port, demonstration, false, lifetime, settings);
    }

    public StackOptions living(Lifetime chosen) {
        return new StackOptions(data, port, demonstration, recorded, chosen, settings);
    }

    public StackOptions with(Map<String, String> more) {
        return new StackOptions(data, port, demonstration, recorded, lifetime, more);
    }
}
