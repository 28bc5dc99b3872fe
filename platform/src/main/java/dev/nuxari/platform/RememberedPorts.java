package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports that are chosen once and stay: settings of connectors and redirect addresses name them, so that a second start on
 * the same data has to find everything where it was.
 */
public final class RememberedPorts {
    private final Path file;
    private Json.Obj ports;

    public RememberedPorts(Path file) {
        this.file = file;
        try {
            this.ports = Files.exists(file) ? Json.parseObject(Files.readString(file)) : Json.object();
        } catch (IOException e) {
            throw PlatformFailure.of("read " + file, e);
        }
    }

    /** The port of that name; a free one when it is asked for the first time. */
    public synchronized int port(String name) {
        if (!ports.has(name)) {
            Set<Long> taken = new HashSet<>();
            ports.members().keySet().forEach(other -> taken.add(ports.integer(other)));
            int port = Ports.free();
            while (!taken.add((long) port)) {
                port = Ports.free();
            }
            ports = ports.with(name, port);
            try {
                Secrets.write(file, ports.canonical());
            } catch (IOException e) {
                throw PlatformFailure.of("write " + file, e);
            }
        }
        return Math.toIntExact(ports.integer(name));
    }
}
