package dev.nuxari.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of the tests in a process of its own, which can be killed. */
public final class OtherProcess {
    private OtherProcess() {}

    /**
     * Its command, not started yet.
     *
     * @param home its only word
     * @param before what is to start it, if not we
     */
    public static ProcessBuilder of(Class<?> program, Path home, String... before) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                home.toString());
        return new ProcessBuilder(
                Stream.concat(Stream.of(before), java.stream()).toList());
    }
}
