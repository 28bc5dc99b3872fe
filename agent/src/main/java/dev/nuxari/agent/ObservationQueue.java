package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Observations that the server has not got yet, one file each. When there are too many, the oldest go: of a host's state the
 * newest is what counts.
 */
final class ObservationQueue {
    static final int MOST = 256;
    private static final int MOST_AT_ONCE = 8;

    /** The server reads a body of a megabyte. */
    private static final int MOST_BYTES_AT_ONCE = 700_000;

    private final Path folder;
    private final Ledger ledger;
    private final Ed25519PrivateKey key;
    private final InstantSource clock;
    private long dropped;

    ObservationQueue(AgentFolder folder, Ledger ledger, Ed25519PrivateKey key, InstantSource clock) throws IOException {
        this.folder = folder.observations();
        this.ledger = ledger;
        this.key = key;
        this.clock = clock;
        Files.createDirectories(this.folder);
    }

    /** Signs what was seen and keeps it until it has been sent. */
    void add(String source, int version, List<Summary> seen) throws IOException {
        Memory memory = ledger.memory();
        boolean complete = seen.size() <= Observations.MOST;
        Observations observations = new Observations(
                memory.organization(),
                memory.agent(),
                memory.nextObservation(),
                clock.instant(),
                source,
                version,
                complete,
                complete ? seen : seen.subList(0, Observations.MOST));
        ledger.change(Memory::countingObservation);
        DurableFile.secret(file(observations.number()))
                .write(observations.sign(key).json());
        List<Path> waiting = files();
        for (Path oldest : waiting.subList(0, Math.max(0, waiting.size() - MOST))) {
            Files.deleteIfExists(oldest);
            dropped++;
        }
    }

    /** The oldest that wait, as the server takes them. */
    List<Json.Obj> next() throws IOException {
        List<Json.Obj> next = new ArrayList<>();
        long bytes = 0;
        for (Path path : files()) {
            switch (DurableFile.secret(path).read()) {
                case DurableFile.Content.Read(Json.Obj envelope) -> {
                    bytes += envelope.canonicalBytes().length;
                    boolean full = next.size() >= MOST_AT_ONCE || bytes > MOST_BYTES_AT_ONCE;
                    if (full && !next.isEmpty()) {
                        return next;
                    }
                    next.add(envelope);
                }
                case DurableFile.Content.Corrupt _ -> Files.deleteIfExists(path);
                case DurableFile.Content.Missing _ -> {}
            }
        }
        return next;
    }

    /** The server has these. */
    void taken(List<Json.Obj> sent) throws IOException {
        for (Json.Obj envelope : sent) {
            Files.deleteIfExists(file(number(envelope)));
        }
    }

    /** The server does not take these, and will not tomorrow. */
    void refused(List<Json.Obj> sent) throws IOException {
        taken(sent);
        dropped += sent.size();
    }

    private static long number(Json.Obj envelope) {
        byte[] payload = DsseEnvelope.parse(envelope).payloadBytes();
        return Json.parseObject(new String(payload, UTF_8)).integer("number");
    }

    /** How many went unsent since the agent was started. */
    long dropped() {
        return dropped;
    }

    private Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%019d", number));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.toString().endsWith(".new"))
                    .sorted()
                    .toList();
        }
    }
}
