package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.DsseEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The posture packs that agents can have from here. They are signed by their makers, whose keys are pinned on the hosts: this server
 * only passes them on, and its word about them is worth nothing.
 */
@Component
class PosturePacks {
    private static final Logger log = LoggerFactory.getLogger(PosturePacks.class);
    private static final String PAYLOAD_TYPE = "application/vnd.nuxari.posture-pack+json";
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** What agents read at most. */
    private static final long LARGEST = 1024 * 1024;

    private static final int MOST = 100;

    private final PosturePacksConfig config;
    private final InstantSource clock;
    private volatile Looked looked = new Looked(Instant.EPOCH, List.of());

    PosturePacks(PosturePacksConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    private record Looked(Instant at, List<Offered> packs) {}

    private record Offered(String name, long version, Json.Obj envelope) {}

    /** The newest of this name, if it is newer than that. */
    Optional<Json.Obj> newer(String name, long version) {
        return packs().stream()
                .filter(pack -> pack.name().equals(name) && pack.version() > version)
                .max(Comparator.comparingLong(Offered::version))
                .map(Offered::envelope);
    }

    private List<Offered> packs() {
        Path folder = config.folder();
        if (folder == null) {
            return List.of();
        }
        Looked last = looked;
        Instant now = clock.instant();
        if (Duration.between(last.at(), now).abs().compareTo(EVERY) >= 0) {
            last = new Looked(now, read(folder));
            looked = last;
        }
        return last.packs();
    }

    private static List<Offered> read(Path folder) {
        List<Offered> packs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(MOST)
                    .forEach(file -> pack(file).ifPresent(packs::add));
        } catch (IOException e) {
            log.warn("No posture packs are offered: {}", e.toString());
        }
        return packs;
    }

    private static Optional<Offered> pack(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new JsonException("/", "it is too large");
            }
            Json.Obj json = Json.parseObject(Files.readString(file, UTF_8));
            DsseEnvelope envelope = DsseEnvelope.parse(json);
            if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
                throw new JsonException("/payloadType", "it is no posture pack");
            }
            Json.Obj pack = Json.parseObject(new String(envelope.payloadBytes(), UTF_8));
            return Optional.of(new Offered(pack.string("name"), pack.integer("version"), json));
        } catch (IOException | JsonException e) {
            log.warn("{} is offered to no agent: {}", file.getFileName(), e.toString());
            return Optional.empty();
        }
    }
}
