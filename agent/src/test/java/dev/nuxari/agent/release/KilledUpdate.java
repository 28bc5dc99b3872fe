package dev.nuxari.agent.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.Outliving.Verdict;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/** An update from a folder, as a process of its own: to be killed. It ends with 0 when it is done, with 9 when the disk is full. */
final class KilledUpdate {
    static final int DISK_FULL = 9;
    private static final int PART = 4096;

    private KilledUpdate() {}

    /** Small parts, so that there are many moments. */
    private record FolderOfParts(Path folder) implements ReleaseSource {
        @Override
        public Optional<byte[]> part(String name, long from, int most) throws IOException {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            int end = (int) Math.min(bytes.length, from + (name.endsWith(".tar.gz") ? PART : most));
            return Optional.of(Arrays.copyOfRange(bytes, (int) from, end));
        }
    }

    private record FileMemory(Path file) implements ReleaseMemory {
        @Override
        public Optional<Json.Obj> read() throws IOException {
            return Files.exists(file) ? Optional.of(Json.parseObject(Files.readString(file, UTF_8))) : Optional.empty();
        }

        @Override
        public void write(Json.Obj known) throws IOException {
            Path beside = file.resolveSibling("memory.new");
            Files.writeString(beside, known.canonical(), UTF_8);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    public static void main(String[] words) throws IOException {
        Path home = Path.of(words[0]);
        var place = new AgentUpdate.Home(home.resolve("package"), true, "linux-amd64");
        var patience = new ReleaseClient.Patience(Duration.ofMillis(1), Duration.ofMinutes(1));
        var update = new AgentUpdate(
                new ReleaseFolder(home.resolve("releases"), ReleaseVersion.parse("0.1.0")),
                place,
                new ReleaseClient(
                        new FolderOfParts(home.resolve("mirror")),
                        new FileMemory(home.resolve("memory")),
                        place.root(),
                        patience,
                        InstantSource.system()));
        Json.Obj order = Json.parseObject(Files.readString(home.resolve("order"), UTF_8));
        boolean done = update.perform(order).isEmpty();
        boolean full = update.verdict(order) instanceof Verdict.Failed failed
                && failed.after()
                        .values()
                        .optionalString("refusal")
                        .equals(Optional.of(ReleaseRefusal.NO_SPACE.spelled()));
        System.exit(done ? 0 : full ? DISK_FULL : 1);
    }
}
