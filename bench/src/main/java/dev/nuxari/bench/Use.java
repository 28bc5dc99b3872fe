package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What processes take of the machine. Linux only. */
record Use(Map<String, Long> milliseconds, long at) {
    private static final double KIB_PER_MIB = 1024;
    private static final Path LOAD = Path.of("/proc/loadavg");

    /** Of the server, of whoever asks it, and of the product's database. */
    static Use of(long server, long clients) {
        Map<String, Long> spent = new LinkedHashMap<>();
        spent.put("server", spent(server));
        spent.put("clients", spent(clients));
        spent.put(
                "postgresql",
                ProcessHandle.current()
                        .descendants()
                        .filter(process -> command(process.pid()).startsWith("postgres")
                                || command(process.pid()).contains("bin/postgres"))
                        .mapToLong(process -> spent(process.pid()))
                        .sum());
        return new Use(spent, System.nanoTime());
    }

    private static long spent(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElse(0L);
    }

    /** How many cores each has kept busy since then. */
    Json.Obj since(Use before) {
        double wall = (at - before.at) / 1e6;
        Json.Obj cores = Json.object();
        for (Map.Entry<String, Long> one : milliseconds.entrySet()) {
            long earlier = before.milliseconds.getOrDefault(one.getKey(), 0L);
            cores = cores.with(one.getKey(), Load.rounded3((one.getValue() - earlier) / wall));
        }
        return cores;
    }

    /** What is in memory of a process. */
    static double residentMebibytes(long pid) {
        return number(pid, "VmRSS:") / KIB_PER_MIB;
    }

    /** What of it is no file's, and so its own. */
    static double anonymousMebibytes(long pid) {
        return number(pid, "RssAnon:") / KIB_PER_MIB;
    }

    static long threads(long pid) {
        return (long) number(pid, "Threads:");
    }

    /** The most that it was. */
    static double peakMebibytes(long pid) {
        return number(pid, "VmHWM:") / KIB_PER_MIB;
    }

    private static double number(long pid, String name) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** What the machine has to do. */
    static String loadAverage() {
        return read(LOAD).strip();
    }

    private static String command(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "cmdline"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.nio.file.NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
