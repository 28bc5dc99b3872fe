package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.protocol.agent.Receipt.Failure;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of the host: by its whole path, without a shell, without our environment, without input. It ends in time or is ended,
 * with what it has started.
 */
public record Program(Path path, Map<String, String> environment, Duration longest, Hearing hearing) {
    private static final Duration LONGEST = Duration.ofSeconds(Action.LONGEST_SECONDS - 10);

    /**
     * How long it is listened to.
     *
     * @param toItsEnd it may say all it has, of which no more is kept; else it is ended when it has said so much
     */
    private record Hearing(int bytes, boolean toItsEnd) {
        static final Hearing USUAL = new Hearing(64 * 1024, true);
    }

    /** What it has said so far. */
    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private volatile boolean enough;
    }

    Program(Path path, Map<String, String> environment, Duration longest) {
        this(path, environment, longest, Hearing.USUAL);
    }

    public static Program at(Path path) {
        return new Program(path, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C"), LONGEST);
    }

    Program with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Program(path, Map.copyOf(more), longest, hearing);
    }

    /** Runs it for what it does; why it did not work, if so. */
    public Optional<Failure> run(List<String> words) {
        return switch (start(words, ProcessBuilder.Redirect.DISCARD)) {
            case Ended.Well _ -> Optional.empty();
            case Ended.Badly(Failure why) -> Optional.of(why);
        };
    }

    /** Runs it for what it says. */
    public Ended ask(List<String> words) {
        return start(words, ProcessBuilder.Redirect.PIPE);
    }

    /** Runs it for the beginning of what it says, and ends it there: it may have more to say than anybody reads. */
    Ended beginning(int bytes, List<String> words) {
        return new Program(path, environment, longest, new Hearing(bytes, false)).ask(words);
    }

    /** How it went. */
    public sealed interface Ended {
        /** It said that it did it, and this much of its output is kept. */
        record Well(String output) implements Ended {}

        /** It did not. */
        record Badly(Failure why) implements Ended {}
    }

    private Ended start(List<String> words, ProcessBuilder.Redirect output) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output);
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (!Files.isExecutable(path)) {
            return new Ended.Badly(Failure.REFUSED_BY_HOST);
        }
        try {
            return await(builder.start(), output);
        } catch (IOException e) {
            return new Ended.Badly(Failure.REFUSED_BY_HOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended.Badly(Failure.TIMED_OUT);
        }
    }

    private Ended await(Process process, ProcessBuilder.Redirect output) throws IOException, InterruptedException {
        try {
            Thread.Builder reading = Thread.ofVirtual();
            Said said = new Said();
            Thread reader = reading.start(() -> {
                if (output.type() == ProcessBuilder.Redirect.Type.PIPE) {
                    read(process, said);
                }
            });
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended.Badly(Failure.TIMED_OUT);
            }
            boolean allRead = reader.join(Duration.ofSeconds(5));
            boolean well = (process.exitValue() == 0 || said.enough) && allRead;
            return well ? new Ended.Well(said.text.toString()) : new Ended.Badly(Failure.REFUSED_BY_HOST);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void read(Process process, Said said) {
        try {
            byte[] bytes = process.getInputStream().readNBytes(hearing.bytes());
            said.text.append(new String(bytes, UTF_8));
            if (hearing.toItsEnd()) {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else if (bytes.length == hearing.bytes()) {
                said.enough = true;
                process.destroy();
            }
        } catch (IOException e) {
            said.text.setLength(0); // it was ended
        }
    }
}
