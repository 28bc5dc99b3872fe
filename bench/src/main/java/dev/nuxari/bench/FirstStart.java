package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The whole demonstration on a machine that has built Nuxari and never started it: programs are unpacked, Keycloak is built,
 * starts are recorded, databases made. Downloads belong to the build and are not in it.
 */
final class FirstStart {
    static final String NAME = "first";

    private FirstStart() {}

    static Json.Obj measure(Path home, Path folder) {
        Bench.say("measuring: " + NAME);
        Map<String, String> emptyCache =
                Map.of("NUXARI_CACHE", folder.resolve("cache").toString());
        double cold = demonstrate(home, folder.resolve("cold"), emptyCache);
        double warm = demonstrate(home, folder.resolve("warm"), emptyCache);
        Json.Obj answer =
                Json.object("nothingUnpackedSeconds", Load.rounded(cold), "freshDataSeconds", Load.rounded(warm));
        Bench.say(answer.canonical());
        return answer;
    }

    /** Runs the demonstration from start to stop; answers how long it took in seconds. */
    static double demonstrate(Path home, Path data, Map<String, String> environment) {
        List<String> words = List.of(
                home.resolve("nuxari").toString(),
                "demo",
                "--exit",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(Ports.free()));
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO().redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        try {
            int result = builder.start().waitFor();
            if (result != 0) {
                throw new IllegalStateException("the demonstration ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
