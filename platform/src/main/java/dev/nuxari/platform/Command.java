package dev.nuxari.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A short command, run to its end. */
record Command(List<String> words, Map<String, String> environment) {
    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static Command of(String... words) {
        return of(List.of(), words);
    }

    static Command of(List<String> prefix, String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return new Command(all, Map.of());
    }

    Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(words, more);
    }

    boolean succeeds() {
        try {
            return execute().exit() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** Its output; a failure when it cannot be run or ends with anything but 0. */
    String run() {
        try {
            Result result = execute();
            if (result.exit() != 0) {
                throw new CommandFailure(words.getFirst() + " failed", result.output());
            }
            return result.output();
        } catch (IOException e) {
            throw PlatformFailure.of("run " + words.getFirst(), e);
        }
    }

    private Result execute() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private record Result(int exit, String output) {}

    /** Carries the output, so that who ran the command can say what it means. */
    static final class CommandFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String output;

        CommandFailure(String message, String output) {
            super(message + ": " + output.strip());
            this.output = output;
        }

        String output() {
            return output;
        }
    }
}
