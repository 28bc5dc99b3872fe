package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E5")
class ObservationQueueTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final Summary SEEN = Summary.of(SummaryKind.FILE_MODE, "present", false);

    @TempDir
    private Path home;

    private AgentFolder folder;
    private ObservationQueue queue;

    @BeforeEach
    void open() throws IOException {
        PlatformInHand platform = new PlatformInHand();
        folder = AgentFolder.at(home.resolve("agent"));
        folder.state()
                .write(Memory.first(platform.organization(), UuidV7.at(NOW), platform.manifest(), platform.checkpoint())
                        .json());
        queue = reopened();
    }

    private ObservationQueue reopened() throws IOException {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        return new ObservationQueue(folder, Ledger.open(folder, NOW), key, InstantSource.fixed(NOW));
    }

    private static Observations read(Json.Obj envelope) {
        return Observations.parse(
                Json.parseObject(new String(DsseEnvelope.parse(envelope).payloadBytes(), UTF_8)));
    }

    private List<Long> waiting() throws IOException {
        return queue.next().stream().map(envelope -> read(envelope).number()).toList();
    }

    @Test
    void waitsInOrderUntilItIsTakenAlsoAcrossARestart() throws IOException {
        for (int i = 0; i < 10; i++) {
            queue.add("files", 1, List.of(SEEN));
        }
        queue = reopened();
        queue.add("files", 1, List.of(SEEN));
        assertThat(waiting()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);

        queue.taken(queue.next());
        assertThat(waiting()).containsExactly(9L, 10L, 11L);
    }

    @Test
    void oldestGoWhenThereAreTooMany() throws IOException {
        for (int i = 0; i < ObservationQueue.MOST + 3; i++) {
            queue.add("files", 1, List.of(SEEN));
        }

        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(waiting().getFirst()).isEqualTo(4);
    }

    @Test
    void whatIsTooMuchIsSaidToBeIncomplete() throws IOException {
        queue.add("files", 1, Collections.nCopies(Observations.MOST + 1, SEEN));

        Observations observations = read(queue.next().getFirst());
        assertThat(observations.complete()).isFalse();
        assertThat(observations.summaries()).hasSize(Observations.MOST);
    }

    /** Eight of the largest are more than a server reads at once, and would be refused for ever. */
    @Test
    void goesInPartsThatAServerReads() throws IOException {
        Summary large = Summary.of(SummaryKind.HOST_MEMBERSHIP, "account", "a".repeat(64), "group", "b".repeat(64));
        for (int i = 0; i < 8; i++) {
            queue.add("files", 1, Collections.nCopies(Observations.MOST, large));
        }
        int parts = 0;
        for (List<Json.Obj> part = queue.next(); !part.isEmpty(); part = queue.next()) {
            parts++;
            assertThat(Json.object("v", 1, "observations", part).canonicalBytes())
                    .hasSizeLessThan(1_000_000);
            queue.taken(part);
        }

        assertThat(parts).isEqualTo(4);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatTheServerRefusesIsDroppedAndCounted() throws IOException {
        queue.add("files", 1, List.of(SEEN));

        queue.refused(queue.next());

        assertThat(waiting()).isEmpty();
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void fileThatIsNoObservationIsForgotten() throws IOException {
        queue.add("files", 1, List.of(SEEN));
        Path file = folder.observations().resolve("0000000000000000001");
        Files.writeString(file, "nonsense");

        assertThat(queue.next()).isEmpty();
        assertThat(file).doesNotExist();
    }
}
