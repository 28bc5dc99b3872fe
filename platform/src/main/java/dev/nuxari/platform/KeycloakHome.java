package dev.nuxari.platform;

import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keycloak's distribution, unpacked and built once for our options, and the way to run it. */
record KeycloakHome(Path folder, Cache cache, String key) {
    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=postgres",
            "--health-enabled=true",
            "--metrics-enabled=false",
            "--features-disabled=impersonation,kerberos,ciba");
    private static final Duration BUILDS_WITHIN = Duration.ofMinutes(5);

    static KeycloakHome prepare(Distribution distribution, Progress progress) {
        Path archive = distribution.keycloak();
        String options = Sha256.hexOf(String.join(" ", BUILD_OPTIONS).getBytes(StandardCharsets.UTF_8));
        BrokerExtension extension = BrokerExtension.find();
        String kind = Distribution.name(archive) + "-" + options.substring(0, 8);
        String key = kind + "-" + extension.fingerprint();
        Cache cache = Cache.standard(Isolation.NONE);
        Path folder = cache.folder(key, target -> {
            cache.forgetUnused(kind);
            progress.step("Unpacking Keycloak (once)");
            Archives.unpackZip(archive, target);
            extension.putInto(target);
            progress.step("Building Keycloak for PostgreSQL (once, about half a minute)");
            build(target);
            progress.done();
        });
        cache.touch(key);
        return new KeycloakHome(folder, cache, key);
    }

    private static void build(Path home) throws IOException {
        Path log = home.resolve("build.log");
        List<String> words = java(home, List.of("-Xmx512m"));
        words.add("build");
        words.addAll(BUILD_OPTIONS);
        Child build = Child.start(
                new Child.Order("the build of Keycloak", List.of(), words, Map.of(), log, "KILL"), Lifetime.OURS);
        if (!build.endsWithin(BUILDS_WITHIN)) {
            build.stop("KILL", Duration.ofSeconds(5));
        }
        if (!Files.exists(home.resolve("lib/quarkus/quarkus-application.dat"))) {
            if (PlatformFailure.isFullDisk(build.output())) {
                throw new IOException("No space left on device");
            }
            throw new PlatformFailure("The build of Keycloak failed (log: " + log + ")");
        }
    }

    /**
     * The cache of loaded and linked classes (JEP 514). It belongs to one build of one JVM and one set of flags; a JVM
     * that finds it does not fit starts without it.
     */
    Path aotCache() {
        return aotFile(folder, "keycloak");
    }

    static Path aotFile(Path folder, String name) {
        String jvm = System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.]", "_");
        return folder.resolve(name + "-" + jvm + ".aot");
    }

    boolean isRecorded() {
        return Files.exists(aotCache());
    }

    /** Runs the recording unless somebody else has done so meanwhile. */
    void recordOnce(Cache.Work recording) {
        cache.locked(key + "-aot", () -> {
            if (!isRecorded()) {
                recording.run();
            }
        });
    }

    /** The words that run the server as it is: what it uses of the cache is what {@link #recordingCommand} recorded. */
    List<String> command(List<String> arguments) {
        List<String> extra = isRecorded() ? List.of("-XX:AOTCache=" + aotCache()) : List.<String>of();
        return with(extra, arguments);
    }

    List<String> recordingCommand(Path output, List<String> arguments) {
        return with(List.of("-XX:AOTCacheOutput=" + output), arguments);
    }

    private List<String> with(List<String> extra, List<String> arguments) {
        List<String> flags = new ArrayList<>(List.of("-Xms48m", "-Xmx320m", "-XX:TieredStopAtLevel=1"));
        flags.addAll(extra);
        List<String> words = java(folder, flags);
        words.addAll(arguments);
        return words;
    }

    // kc.sh would stay as a shell between us and the server, and keep it alive when it is killed.
    private static List<String> java(Path home, List<String> flags) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return words;
    }
}
