package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures, prints, and writes {@code bench/results/<commit>.json}. */
public final class Bench {
    private static final List<Question> QUESTIONS = List.of(
            new HowLongDoesUpTake(),
            new HowMuchMemoryDoesTheStackTake(),
            new HowManyScopedReadsPerSecond(),
            new HowManyLoopsPerSecond());
    private static final PrintStream OUT = System.out;

    private Bench() {}

    /** Takes the names of questions, or none for all of them. The data directory is {@code target/bench-data}. */
    public static void main(String[] names) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("nuxari.home", "."));
        Path data = home.resolve("target/bench-data");
        double coldSeconds = seed(home, data);
        Map<String, Json> answers = new LinkedHashMap<>();
        answers.put("firstDemo", Json.object("seconds", Load.rounded(coldSeconds)));
        try (Ground ground = Ground.on(data, freePort())) {
            for (Question question : QUESTIONS) {
                if (names.length == 0 || Set.of(names).contains(question.name())) {
                    say("measuring: " + question.name());
                    Json.Obj answer = question.answer(ground);
                    answers.put(question.name(), answer);
                    say(answer.canonical());
                }
            }
        }
        write(home, answers);
    }

    /** The demonstration makes the people, the governed systems and the books that are measured. */
    private static double seed(Path home, Path data) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process demo = new ProcessBuilder(
                        home.resolve("nuxari").toString(),
                        "demo",
                        "--exit",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(freePort()))
                .inheritIO()
                .start();
        if (demo.waitFor() != 0) {
            throw new IllegalStateException("the demonstration ended with " + demo.exitValue());
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void write(Path home, Map<String, Json> answers) throws IOException, InterruptedException {
        String commit = output(home, "git", "rev-parse", "--short", "HEAD");
        Instant at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        Json.Obj result = Json.object(
                "commit",
                commit,
                "dirty",
                !output(home, "git", "status", "--porcelain", "--untracked-files=no")
                        .isEmpty(),
                "at",
                at.toString(),
                "command",
                "./nuxari bench",
                "machine",
                Json.object(
                        "cores", Runtime.getRuntime().availableProcessors(),
                        "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        "arch", System.getProperty("os.arch"),
                        "java", System.getProperty("java.vm.version")),
                "answers",
                new Json.Obj(answers));
        Path file = home.resolve("bench/results/" + commit + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, result.canonical() + "\n");
        say("written: " + home.relativize(file));
    }

    private static String output(Path home, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(home.toFile()).start();
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return text;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void say(String line) {
        OUT.println(line);
    }
}
