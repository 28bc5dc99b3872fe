package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hundred thousand users, sent for the first time: what the server keeps of them in memory, and what it takes to list them
 * when they are there.
 */
final class DoesAFirstSyncGrow implements Question {
    private static final int CLIENTS = 4;
    private static final int IN_EACH = 500;
    private static final int PAGE = 100;
    private static final int LOOKS = 9;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    @Override
    public String name() {
        return "scim-first-sync";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        SentDirectory directory = SentDirectory.in(ground, ground.organization(), ground.as("owner"));
        long server = ground.file().content().object("server").integer("pid");
        List<Json.Obj> marks = new ArrayList<>();
        for (int until : ground.quick() ? new int[] {500, 1_000} : new int[] {10_000, 50_000, 100_000}) {
            Json.Obj sent = directory.bulk(until - directory.sent(), IN_EACH, CLIENTS);
            marks.add(Json.object(
                    "users", until,
                    "members", directory.members(),
                    "usersPerSecond", sent.number("usersPerSecond"),
                    "heapMiB", heap(server),
                    "residentMiB", resident(server)));
            Bench.say(marks.getLast().canonical());
        }
        int users = directory.sent();
        return Json.object(
                "marks",
                marks,
                "milliseconds",
                Json.object(
                        "firstPage", median(directory, "/Users?count=" + PAGE),
                        "middlePage", median(directory, "/Users?count=%d&startIndex=%d".formatted(PAGE, users / 2)),
                        "lastPage",
                                median(directory, "/Users?count=%d&startIndex=%d".formatted(PAGE, users - PAGE + 1)),
                        "byUserName",
                                median(
                                        directory,
                                        "/Users?filter=userName%20eq%20%22" + directory.address(users / 2) + "%22"),
                        "byExternalId", median(directory, "/Users?filter=externalId%20eq%20%22e" + users / 2 + "%22"),
                        "byTitle", median(directory, "/Users?filter=title%20eq%20%22Clerk%22&count=" + PAGE),
                        "count", median(directory, "/Users?count=0")));
    }

    private static double median(SentDirectory directory, String path) {
        long[] taken = new long[LOOKS];
        for (int look = 0; look < LOOKS; look++) {
            long began = System.nanoTime();
            directory.get(path);
            taken[look] = System.nanoTime() - began;
        }
        Arrays.sort(taken);
        return Load.rounded(taken[LOOKS / 2] / 1e6);
    }

    /** After a full collection. */
    private static double heap(long pid) {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kibibytes = 0;
        // The generations of the heap; of what is no heap, the last lines tell.
        while (used.find()) {
            kibibytes += Long.parseLong(used.group(1));
        }
        return Load.rounded(kibibytes / 1024.0);
    }

    private static String jcmd(long pid, String command) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(program.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static double resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .mapToObj(kibibytes -> Load.rounded(kibibytes / 1024.0))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
