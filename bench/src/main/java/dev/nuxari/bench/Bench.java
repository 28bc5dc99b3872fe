package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Folders;
import dev.nuxari.platform.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures, prints, and writes {@code bench/results/<commit>.json}. */
public final class Bench {
    private static final List<Question> QUESTIONS = List.of(
            new HowLongDoesUpTake(),
            new HowMuchMemoryDoesTheStackTake(),
            new HowManyScopedReadsPerSecond(),
            new WhatDoesIsolationCost(),
            new HowManyLoopsPerSecond(),
            new HowMuchDoesABusyNeighbourCost(),
            new HowMuchDoesAuthenticationCost(),
            new HowManyEventsAreAppendedPerSecond(),
            new HowFastIsALogVerified(),
            new DoesALongLogSlowAppendingDown(),
            new HowFastIsADirectoryProvisioned(),
            new DoesAFirstSyncGrow(),
            new HowSmallIsAnAgent(),
            new HowManyAgentsWait());
    private static final List<Standalone> STANDALONE =
            List.of(new HowFastIsRedaction(), new HowFastIsAnAddressJudged());
    private static final SortedSet<String> KNOWN = Stream.of(
                    Stream.of(FirstStart.NAME),
                    STANDALONE.stream().map(Standalone::name),
                    QUESTIONS.stream().map(Question::name))
            .flatMap(Function.identity())
            .collect(Collectors.toCollection(TreeSet::new));
    private static final String QUICK = "--quick";
    private static final PrintStream OUT = System.out;

    private Bench() {}

    /**
     * Takes the names of questions, or none for all of them, and {@code --quick} for a run that only shows that they can be
     * answered. Everything lies below {@code target/bench}, made anew.
     */
    public static void main(String[] names) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("nuxari.home", "."));
        Path folder = home.resolve("target/bench");
        Set<String> wanted = new TreeSet<>(List.of(names));
        boolean quick = wanted.remove(QUICK);
        if (!KNOWN.containsAll(wanted)) {
            say("The questions are " + String.join(", ", KNOWN));
            System.exit(2);
        }
        Folders.delete(folder);
        Map<String, Json> answers = new LinkedHashMap<>();
        if (wanted.isEmpty() || wanted.contains(FirstStart.NAME)) {
            answers.put(FirstStart.NAME, FirstStart.measure(home, folder));
        }
        for (Standalone question : STANDALONE) {
            if (wanted.isEmpty() || wanted.contains(question.name())) {
                say("measuring: " + question.name());
                Json.Obj answer = question.answer(home, home.resolve("target/bench-" + question.name()));
                answers.put(question.name(), answer);
                say(answer.canonical());
            }
        }
        List<Question> asked = QUESTIONS.stream()
                .filter(question -> wanted.isEmpty() || wanted.contains(question.name()))
                .toList();
        try (Ground ground = Ground.on(home, folder.resolve("data"), Ports.free(), quick)) {
            for (Question question : asked) {
                say("measuring: " + question.name());
                Json.Obj answer = question.answer(ground);
                answers.put(question.name(), answer);
                say(answer.canonical());
            }
        }
        write(home, answers, String.join(" ", names));
    }

    private static void write(Path home, Map<String, Json> answers, String asked)
            throws IOException, InterruptedException {
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
                ("./nuxari bench " + asked).strip(),
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

    static void say(String line) {
        OUT.println(line);
    }
}
