package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fuzzer looks for a file that breaks a reader: one minute for all of them, ten with {@code nuxari.all}. It runs in a
 * process with little memory, where a file that makes a reader take more of it is a finding, as is one that takes long.
 *
 * <p>What it finds it leaves in {@code target/fuzz}. Copy it to {@code src/test/resources/fuzz/<target>} under a name that says
 * what it is, and it is tried in every run from then on.
 */
@Claim({"A1", "E4", "V4"})
class FuzzTest {
    private static final List<Class<?>> TOGETHER = List.of(FuzzedFormats.class, FuzzedFiles.class);
    private static final List<Class<?>> ALONE = List.of(
            FuzzedTexts.class,
            FuzzedNotes.class,
            FuzzedManifests.class,
            FuzzedPackages.class,
            FuzzedExports.class,
            FuzzedAgents.class,
            FuzzedLogs.class,
            FuzzedReleases.class);

    private static final boolean LONG = Boolean.getBoolean("nuxari.all");
    private static final List<Class<?>> TARGETS = LONG ? ALONE : TOGETHER;
    private static final int SECONDS = LONG ? 90 : 25;
    private static final Path FINDINGS = Path.of("target", "fuzz");
    private static final Path KNOWN = Path.of("src", "test", "resources", "fuzz");

    @TempDir
    private Path directory;

    static Stream<Class<?>> targets() {
        return TARGETS.stream();
    }

    static Stream<Path> known() throws IOException {
        try (Stream<Path> files = Files.walk(KNOWN)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void fuzzerFindsNothing(Class<?> target) throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        int number = 0;
        for (byte[] seed : FuzzSeeds.of(target)) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        Path output = directory.resolve("output");
        Process fuzzer = new ProcessBuilder(command(target, corpus))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = fuzzer.waitFor(SECONDS + 60L, TimeUnit.SECONDS);
        fuzzer.destroyForcibly();

        assertThat(ended).as("the fuzzer does not end").isTrue();
        List<String> lines = Files.readAllLines(output, UTF_8);
        assertThat(fuzzer.exitValue())
                .as(String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())))
                .isZero();
        assertThat(lines).anyMatch(line -> line.matches("#[1-9]\\d+\\s+DONE\\s+cov: [1-9]\\d+ .*"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void whatWasFoundOnceIsNoFindingAnyMore(Path input) throws Exception {
        String target = String.valueOf(KNOWN.relativize(input).getParent());
        byte[] bytes = Files.readAllBytes(input);
        try {
            Class.forName("dev.nuxari.protocol.Fuzzed" + target)
                    .getMethod("fuzzerTestOneInput", byte[].class)
                    .invoke(null, (Object) bytes);
        } catch (InvocationTargetException e) {
            throw new AssertionError("found again: " + input, e.getCause());
        }
    }

    /** Our classes and what they need: the fuzzer looks through every archive that it is given. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> !part.endsWith(".jar") || part.matches(".*/(nuxari-|jazzer|bcprov|jspecify).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> command(Class<?> target, Path corpus) throws IOException {
        Files.createDirectories(FINDINGS);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m", // a class path scanned by the fuzzer before it begins takes more than 64 MiB of it
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.nuxari.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "--reproducer_path=" + FINDINGS,
                "-artifact_prefix=" + FINDINGS + "/" + target.getSimpleName() + "-",
                "-max_total_time=" + SECONDS,
                "-timeout=30",
                "-max_len=" + 64 * 1024,
                "-print_final_stats=1",
                corpus.toString());
    }
}
