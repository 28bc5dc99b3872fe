package dev.nuxari.agent.posture;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.Located;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what a pack asks for. What is not understood makes the pack unreadable: a check that looks at nothing would pass. */
final class ProbeReader {
    private final Located json;

    private ProbeReader(Located json) {
        this.json = json;
    }

    static Probe read(Located json) {
        return new ProbeReader(json).read();
    }

    private Probe read() {
        String kind = json.string("kind");
        return switch (kind) {
            case "file-access" -> {
                require("paths", "atMost", "required");
                yield new Probe.FileAccess(paths("paths"), octal("atMost"), json.bool("required"));
            }
            case "setting" -> setting();
            case "kernel" -> {
                require("key", "wanted");
                yield new Probe.Kernel(word("key", "[a-z0-9_.]+"), Wanted.parse(json.object("wanted")));
            }
            case "installed" -> {
                require("packages", "wanted");
                yield new Probe.Installed(some("packages"), json.bool("wanted"));
            }
            case "enabled" -> {
                require("units");
                yield new Probe.Enabled(some("units"));
            }
            case "line" -> {
                require("files", "words", "present");
                yield new Probe.Line(paths("files"), some("words"), json.bool("present"));
            }
            case "module", "mounted", "accounts", "sudo" -> ofTheHost(kind);
            default -> throw json.refuse("kind", "this agent has no such probe");
        };
    }

    private Probe ofTheHost(String kind) {
        return switch (kind) {
            case "module" -> {
                require("name");
                yield new Probe.Module(word("name", "[a-z0-9_-]+"));
            }
            case "mounted" -> {
                require("at", "option");
                yield new Probe.Mounted(json.string("at"), json.string("option"));
            }
            case "accounts" -> {
                require("rule");
                yield new Probe.OfAccounts(json.constant("rule", AccountRule.class));
            }
            default -> {
                require("rule");
                yield new Probe.OfSudo(json.constant("rule", SudoDemand.class));
            }
        };
    }

    private Probe setting() {
        boolean hasDefault = json.value().has("default");
        List<String> names = new ArrayList<>(List.of("syntax", "files", "key", "wanted"));
        if (hasDefault) {
            names.add("default");
        }
        require(names.toArray(String[]::new));
        Optional<String> fallback = json.optionalString("default");
        return new Probe.Setting(
                json.constant("syntax", Syntax.class),
                paths("files"),
                json.string("key"),
                Wanted.parse(json.object("wanted")),
                fallback);
    }

    private void require(String... names) {
        String[] all = Arrays.copyOf(names, names.length + 1);
        all[names.length] = "kind";
        json.requireMembers(all);
    }

    private List<String> some(String name) {
        List<String> found = json.strings(name);
        if (found.isEmpty()) {
            throw json.refuse(name, "none");
        }
        return found;
    }

    /** Absolute, in their one spelling, with stars in the last name only. */
    private List<String> paths(String name) {
        List<String> paths = some(name);
        if (!paths.stream().allMatch(ProbeReader::isPath)) {
            throw json.refuse(name, "a path that is none");
        }
        return paths;
    }

    private static boolean isPath(String path) {
        return path.matches("(/[A-Za-z0-9_.+@-]+)*/[A-Za-z0-9_.+@*-]+") && !path.matches(".*/\\.\\.?(/.*)?");
    }

    private String word(String name, String form) {
        String word = json.string(name);
        if (!word.matches(form)) {
            throw json.refuse(name, "has to be " + form);
        }
        return word;
    }

    private long octal(String name) throws JsonException {
        return Long.parseLong(word(name, "0[0-7]{3}"), 8);
    }
}
