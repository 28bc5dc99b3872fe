package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scripts that make what hosts get. */
final class Packaging {
    static final Path FOLDER = Path.of("packaging").toAbsolutePath();

    private static @Nullable Path image;

    private Packaging() {}

    /** The image, not trained, made once for all tests of this JVM. Who changes it takes a copy. */
    static synchronized Path image() throws IOException, InterruptedException {
        if (image == null) {
            Path made = Path.of("target", "agent-image").toAbsolutePath();
            run("image", made.toString());
            image = made;
        }
        return image;
    }

    /** Says so where nothing can be made. */
    static void assumePossible() {
        boolean possible = isThere("touch")
                && System.getProperty("os.name").equals("Linux")
                && Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "jlink"));
        if (!possible) {
            System.err.println("NOT SHOWN HERE: images of the agent are made on Linux by a JDK that can link");
        }
        assumeTrue(possible, "no image can be made");
    }

    static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** Runs one of the scripts and answers what it said. */
    static String run(String script, String... words) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(FOLDER.resolve(script).toString()), Stream.of(words))
                .toList();
        Process process = start(command.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
