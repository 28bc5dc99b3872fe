package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever file is handed to the verifiers, of any size and without an end: an answer with a reason, no stack trace, and no
 * more memory than a quarter of what the program usually has.
 */
@Claim({"A4", "V4"})
class HostileFilesTest {
    private static final Pattern BEGIN = Pattern.compile("(?m)^run ");

    private static final int PLACES = 24;

    private final GenuineFiles genuine = new GenuineFiles();
    private final List<String> commands = new ArrayList<>();
    private final List<Process> writers = new ArrayList<>();

    @TempDir
    private Path folder;

    private record Ended(String command, String said, int code) {}

    @AfterEach
    void stopWhatStillWrites() {
        writers.forEach(Process::destroyForcibly);
    }

    @Test
    void genuineFilesAreUnderstoodInLittleMemoryToo() throws Exception {
        Path keys = file("keys", genuine.keys());
        commands.add("verify\t%s\t--trusted-root\t%s".formatted(file("export", genuine.export()), keys));
        commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s".formatted(genuine.log(folder.resolve("log")), keys));

        assertThat(run()).allSatisfy(ended -> {
            assertThat(ended.code()).as(ended.said()).isZero();
            assertThat(ended.said()).startsWith("Verified: ");
        });
    }

    @Test
    void corruptPackagesAndExportsAreRefusedWithAReason() throws Exception {
        verify("empty", new byte[0]);
        for (byte single : new byte[] {0, '\n', '{', '[', '"', '0', (byte) 0xff}) {
            verify("one-byte-" + single, new byte[] {single});
        }
        for (byte[] whole : List.of(genuine.export(), genuine.sealed())) {
            for (int place = 0; place < PLACES; place++) {
                int length = whole.length - 1 - whole.length * place / PLACES;
                verify("cut-" + whole.length + "-" + length, Arrays.copyOf(whole, length));
            }
        }
        byte[] noise = new byte[100_000];
        new Random(23).nextBytes(noise);
        verify("noise", noise);
        verify("deep", "[".repeat(1_000_000).getBytes(UTF_8));
        verify("many", ("[" + "{},".repeat(1_200_000) + "{}]").getBytes(UTF_8));
        verify("long-word", ("{\"" + "é".repeat(1_500_000) + "\":1}").getBytes(UTF_8));
        verify("long-number", ("[1" + "0".repeat(3_000_000) + "]").getBytes(UTF_8));
        verify("steering", "{\"\\u001b[2J\\u202e\":1}".getBytes(UTF_8));
        verify("lines", (firstLine() + "\n".repeat(10_000_000)).getBytes(UTF_8));
        verify("one-line", (firstLine() + "x".repeat(10_000_000)).getBytes(UTF_8));

        refused(run());
    }

    private String firstLine() throws IOException {
        return new String(genuine.export(), UTF_8).lines().findFirst().orElseThrow() + "\n";
    }

    @Test
    void filesWithoutAnEndAreNotReadToTheirEnd() throws Exception {
        Path keys = file("keys", genuine.keys());
        Path evidence = file("package", genuine.sealed());
        Path log = genuine.log(folder.resolve("log"));
        for (Path endless : List.of(Path.of("/dev/zero"), sparse(), folder)) {
            commands.add("verify\t" + endless);
            commands.add("verify\t%s\t--trusted-root\t%s".formatted(evidence, endless));
            commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s".formatted(log, endless));
            commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s\t--from\t%s".formatted(log, keys, endless));
        }
        commands.add("verify\t" + endlessPipe());

        refused(run());
    }

    @Test
    void corruptLogIsRefusedWithAReason() throws Exception {
        Path keys = file("keys", genuine.keys());
        for (String part : List.of("checkpoint", "tile/0/000.p/2", "tile/entries/000.p/2")) {
            for (int cut = 0; cut < 6; cut++) {
                Path log = genuine.log(folder.resolve(part.replace('/', '-') + cut));
                byte[] sound = Files.readAllBytes(log.resolve(part));
                Files.write(log.resolve(part), Arrays.copyOf(sound, sound.length * cut / 6));
                commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s".formatted(log, keys));
                commands.add("-o\tjson\tlog\tverify\t--url\t%s\t--trusted-root\t%s".formatted(log, keys));
            }
            Path log = genuine.log(folder.resolve(part.replace('/', '-') + "-huge"));
            try (var huge = new RandomAccessFile(log.resolve(part).toFile(), "rw")) {
                huge.setLength(1L << 30);
            }
            commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s".formatted(log, keys));
        }

        refused(run());
    }

    @Test
    void partOfALogThatIsNoFileCannotBeRead() throws Exception {
        Path keys = file("keys", genuine.keys());
        Path log = genuine.log(folder.resolve("log"));
        Files.delete(log.resolve("tile/entries/000.p/2"));
        Files.createSymbolicLink(log.resolve("tile/entries/000.p/2"), Path.of("/dev/zero"));
        commands.add("log\tverify\t--url\t%s\t--trusted-root\t%s".formatted(log, keys));

        assertThat(run()).singleElement().satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.said()).startsWith("nuxari: The log cannot be read: ");
        });
    }

    private static void refused(List<Ended> all) {
        assertThat(all).allSatisfy(ended -> {
            assertThat(ended.code()).as(ended.command() + ": " + ended.said()).isIn(1, 2);
            assertThat(ended.said())
                    .as(ended.command())
                    .isNotBlank()
                    .doesNotContain("\tat ", "Exception", "defect", "\u001b", "\u202e");
            assertThat(ended.said().lines()).as(ended.command()).allMatch(line -> line.length() < 1500);
        });
    }

    private void verify(String name, byte[] bytes) throws IOException {
        Path file = file(name, bytes);
        commands.add("verify\t" + file);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path sparse() throws IOException {
        Path file = folder.resolve("sparse");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        return file;
    }

    private Path endlessPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        writers.add(new ProcessBuilder("sh", "-c", "cat /dev/zero > '" + pipe + "'").start());
        return pipe;
    }

    /** All commands, in one process. */
    private List<Ended> run() throws IOException, InterruptedException {
        Path list = Files.write(folder.resolve("commands"), commands);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyRuns.class.getName(),
                        list.toString(),
                        folder.resolve("configuration").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        writers.add(process);
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        String log = Files.readString(output);
        assertThat(ended).as(log).isTrue();
        assertThat(process.exitValue()).as(log).isZero();
        return ended(log);
    }

    private static List<Ended> ended(String log) {
        List<Ended> ended = new ArrayList<>();
        for (String part : BEGIN.splitAsStream(log).toList()) {
            int end = part.lastIndexOf("\n" + ManyRuns.ENDED);
            if (end > 0) {
                String command = part.substring(0, part.indexOf('\n'));
                String code = part.substring(end + 1 + ManyRuns.ENDED.length()).strip();
                ended.add(new Ended(command, part.substring(part.indexOf('\n') + 1, end), Integer.parseInt(code)));
            }
        }
        return ended;
    }
}
