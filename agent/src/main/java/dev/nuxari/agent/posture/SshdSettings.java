package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The settings of sshd for everybody: what a {@code Match} says for some is not looked at. */
final class SshdSettings {
    private static final int DEEPEST = 8;

    private final HostFiles files;

    SshdSettings(HostFiles files) {
        this.files = files;
    }

    Optional<String> first(List<String> paths, String key) throws IOException {
        return first(paths, key, 0);
    }

    private Optional<String> first(List<String> patterns, String key, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("files that include each other");
        }
        for (String path : files.matching(patterns)) {
            Optional<String> found = in(path, key, depth);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<String> in(String path, String key, int depth) throws IOException {
        for (String line : files.lines(path)) {
            String[] parts = line.strip().split("(\\s*=\\s*|\\s+)", 2);
            if (parts[0].equalsIgnoreCase("Match")) {
                return Optional.empty();
            }
            if (parts.length == 2 && parts[0].equalsIgnoreCase("Include")) {
                Optional<String> included = first(included(parts[1]), key, depth + 1);
                if (included.isPresent()) {
                    return included;
                }
            } else if (parts.length == 2 && parts[0].equalsIgnoreCase(key)) {
                return Optional.of(
                        parts[1].replaceFirst("\\s+#.*$", "").replace("\"", "").strip());
            }
        }
        return Optional.empty();
    }

    private static List<String> included(String patterns) {
        return List.of(patterns.strip().split("\\s+", -1)).stream()
                .map(pattern -> pattern.startsWith("/") ? pattern : "/etc/ssh/" + pattern)
                .toList();
    }
}
