package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What an agent costs its host, as hosts get it, and beside it the plain way: the same jar on the JDK with which it was built. Both speak
 * TLS 1.3 with the real server and are measured in turns. They see no policy, and look at this machine as they would at any other.
 */
final class HowSmallIsAnAgent implements Question {
    /** It looks at its host in one way with each turn, and then leaves it alone for a quarter of an hour or longer. */
    private static final Duration SETTLED = Duration.ofMinutes(6);

    private static final Duration SETTLED_QUICKLY = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1e6;

    @Override
    public String name() {
        return "agent-size";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        try {
            return measured(ground);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Json.Obj measured(Ground ground) throws IOException, InterruptedException {
        Path image = ground.folder("agent-image");
        run(ground.home().resolve("nuxari").toString(), "agent-image", image.toString());
        double bytes = bytes(image);
        long began = System.nanoTime();
        run(image.resolve("train").toString());
        double training = (System.nanoTime() - began) / 1e9;
        try (TlsFront front = new TlsFront(ground.folder("agent-tls"), (int)
                        ground.whole().content().object("server").number("port"));
                Node _ = Node.behind(ground.file(), front.url(), ground.data().resolve("logs/server-agents.log"))) {
            Client owner = ground.as("owner");
            var ours = new Installed(List.of(image.resolve("nuxari-agent").toString()), ground.folder("agent"));
            var plain = new Installed(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            image.resolve("agent.jar").toString(),
                            "dev.nuxari.agent.NuxariAgent"),
                    ground.folder("agent-plain"));
            ours.enrol(owner, front);
            plain.enrol(owner, front);
            return Json.object(
                            "imageMegabytes", Load.rounded(bytes / MEGABYTE),
                            "cacheMegabytes", Load.rounded(Files.size(image.resolve("agent.aot")) / MEGABYTE),
                            "trainingSeconds", Load.rounded(training))
                    .with("millisecondsToFirstRequest", starts(ground, front, ours, plain))
                    .with("idle", idle(ground, ours, plain));
        }
    }

    private static Json.Obj starts(Ground ground, TlsFront front, Installed ours, Installed plain)
            throws IOException, InterruptedException {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int round = 0; round <= (ground.quick() ? 2 : 10); round++) {
            long one = ours.start(front);
            long other = plain.start(front);
            if (round > 0) {
                first.add(one);
                second.add(other);
            }
        }
        return Json.object(
                "loadAverage", Use.loadAverage(), "image", Load.latencies(first), "plain", Load.latencies(second));
    }

    private static Json.Obj idle(Ground ground, Installed ours, Installed plain) throws IOException {
        Duration time = ground.quick() ? Duration.ofSeconds(20) : Duration.ofMinutes(3);
        Process one = ours.run();
        Process other = plain.run();
        try {
            sleep(ground.quick() ? SETTLED_QUICKLY : SETTLED);
            Use before = Use.of(one.pid(), other.pid());
            sleep(time);
            Json.Obj cores = Use.of(one.pid(), other.pid()).since(before);
            return Json.object(
                    "loadAverage",
                    Use.loadAverage(),
                    "seconds",
                    time.toSeconds(),
                    "image",
                    told(one, cores.number("server")),
                    "plain",
                    told(other, cores.number("clients")));
        } finally {
            end(one);
            end(other);
        }
    }

    private static Json.Obj told(Process process, double cores) {
        return Json.object(
                "percentOfACore", Load.rounded3(cores * 100),
                "residentMebibytes", Load.rounded(Use.residentMebibytes(process.pid())),
                "ownMebibytes", Load.rounded(Use.anonymousMebibytes(process.pid())),
                "threads", Use.threads(process.pid()));
    }

    /** An agent's program, and the folder that it keeps. */
    private record Installed(List<String> program, Path folder) {
        private List<String> words(String command) {
            return Stream.of(program.stream(), Stream.of(command), Stream.of("--folder", folder.toString()))
                    .flatMap(part -> part)
                    .toList();
        }

        void enrol(Client owner, TlsFront front) throws IOException, InterruptedException {
            String id = owner.post("/agents", Json.object("name", "measured")).string("id");
            Json.Obj issued = owner.post("/agents/" + id + "/enrolment-tokens", Json.object());
            List<String> words = new ArrayList<>(words("enroll"));
            words.addAll(List.of(
                    "--server",
                    front.url().toString(),
                    "--token",
                    issued.string("token"),
                    "--fingerprint",
                    issued.string("fingerprint"),
                    "--ca",
                    front.authorities().toString(),
                    "--host-name",
                    "measured.example"));
            HowSmallIsAnAgent.run(words.toArray(String[]::new));
        }

        Process run() throws IOException {
            return new ProcessBuilder(words("run"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start();
        }

        /** Starts it, waits until it has asked something, and ends it. */
        long start(TlsFront front) throws IOException, InterruptedException {
            front.forgetFirstWords();
            long began = System.nanoTime();
            Process process = run();
            long took = front.awaitFirstWord() - began;
            end(process);
            return took;
        }
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void run(String... words) throws IOException, InterruptedException {
        int result = new ProcessBuilder(words).inheritIO().start().waitFor();
        if (result != 0) {
            throw new IllegalStateException(List.of(words) + " ended with " + result);
        }
    }

    private static double bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void sleep(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
