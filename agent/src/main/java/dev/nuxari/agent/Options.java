package dev.nuxari.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after a command: {@code --name value}, and a few that need no value. */
record Options(Map<String, String> values) {
    private static final Set<String> FLAGS = Set.of("--again", "--raw");

    /** Words that are none of ours. */
    static final class Misused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    static Options parse(List<String> words, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i);
            if (!known.contains(name)) {
                throw new Misused("unknown option " + name);
            }
            boolean flag = FLAGS.contains(name);
            if (!flag && i + 1 == words.size()) {
                throw new Misused(name + " needs a value");
            }
            if (values.put(name, flag ? "" : words.get(++i)) != null) {
                throw new Misused(name + " stands twice");
            }
        }
        return new Options(values);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String require(String name) {
        return find(name).orElseThrow(() -> new Misused(name + " is missing"));
    }
}
