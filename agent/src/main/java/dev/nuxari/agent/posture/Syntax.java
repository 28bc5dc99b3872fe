package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How settings stand in a file, and which of several counts. */
enum Syntax {
    /** sshd_config: the first counts, letters of any case, until the first {@code Match}; files may include others. */
    SSHD {
        @Override
        Optional<String> value(HostFiles files, List<String> paths, String key) throws IOException {
            return new SshdSettings(files).first(paths, key);
        }
    },

    /** Name and value with blanks between; the last counts. */
    SPACED {
        @Override
        Optional<String> value(HostFiles files, List<String> paths, String key) throws IOException {
            return last(files, paths, key, "\\s+");
        }
    },

    /** Name, equals sign, value; the last counts. Sections are not looked at. */
    EQUALS {
        @Override
        Optional<String> value(HostFiles files, List<String> paths, String key) throws IOException {
            return last(files, paths, key, "\\s*=\\s*");
        }
    },

    /** apt's: name, value in quotes, semicolon; the last counts. */
    APT {
        @Override
        Optional<String> value(HostFiles files, List<String> paths, String key) throws IOException {
            return last(files, paths, key, "\\s+").map(value -> value.replaceAll("[\";]", ""));
        }
    };

    abstract Optional<String> value(HostFiles files, List<String> paths, String key) throws IOException;

    private static Optional<String> last(HostFiles files, List<String> patterns, String key, String between)
            throws IOException {
        Optional<String> last = Optional.empty();
        for (String path : files.matching(patterns)) {
            for (String line : files.lines(path)) {
                String[] parts = line.strip().split(between, 2);
                if (parts.length == 2 && parts[0].equals(key)) {
                    last = Optional.of(parts[1].replaceFirst("\\s+#.*$", "").strip());
                }
            }
        }
        return last;
    }
}
