package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The proportional set size of every process below this one: shared pages count once. Linux only. */
final class HowMuchMemoryDoesTheStackTake implements Question {
    private static final double KIB_PER_MIB = 1024;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        Map<String, Double> parts = new LinkedHashMap<>();
        Stream<ProcessHandle> processes = ProcessHandle.current().descendants();
        processes.forEach(process -> parts.merge(kind(process), mebibytes(process), Double::sum));
        double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Json> rounded = new LinkedHashMap<>();
        parts.forEach((name, size) -> rounded.put(name, Json.of(Load.rounded(size))));
        return Json.object("mebibytes", Load.rounded(sum), "parts", new Json.Obj(rounded));
    }

    private static String kind(ProcessHandle process) {
        String command = read(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        if (command.contains("nuxari-server")) {
            return "server";
        }
        if (command.contains("quarkus-run")) {
            return "keycloak";
        }
        return command.contains("Directory") ? "directory" : "postgresql";
    }

    private static double mebibytes(ProcessHandle process) {
        return read(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))
                        .lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / KIB_PER_MIB;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace('\0', ' ');
        } catch (java.nio.file.NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
