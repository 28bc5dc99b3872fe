package dev.nuxari.agent.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What sudo's files allow, as far as it is needed to see who may become root. Where a rule has more to it than is read here, it counts
 * as the larger right.
 */
public record SudoRules(List<String> defaults, List<Right> rights) {
    private static final Pattern RULE = Pattern.compile("([^=]+?)\\s+[^\\s=]+\\s*=\\s*(\\([^)]*\\))?\\s*(.*)");
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*");

    public SudoRules {
        defaults = List.copyOf(defaults);
        rights = List.copyOf(rights);
    }

    /** One subject's part of a rule. */
    public record Right(String subject, boolean asRoot, boolean allCommands, boolean password) {
        public boolean isGroup() {
            return subject.startsWith("%");
        }
    }

    /** Reads sudoers and the files of its folder that sudo does not skip. */
    public static SudoRules of(HostFiles files) throws IOException {
        List<String> lines = new ArrayList<>(joined(files.lines("/etc/sudoers")));
        for (String path : files.matching("/etc/sudoers.d/*")) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (!name.contains(".") && !name.endsWith("~")) {
                lines.addAll(joined(files.lines(path)));
            }
        }
        return parse(lines);
    }

    /** Without comments, and with what a backslash continues. A number sign before a digit is an account's number. */
    private static List<String> joined(List<String> lines) {
        List<String> joined = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : lines) {
            boolean goesOn = line.endsWith("\\");
            current.append(goesOn ? line.substring(0, line.length() - 1) : line);
            if (!goesOn) {
                joined.add(uncommented(current.toString()).strip());
                current.setLength(0);
            }
        }
        joined.add(uncommented(current.toString()).strip());
        return joined.stream().filter(line -> !line.isEmpty()).toList();
    }

    private static String uncommented(String line) {
        int sign = line.indexOf('#');
        while (sign >= 0 && sign + 1 < line.length() && Character.isDigit(line.charAt(sign + 1))) {
            sign = line.indexOf('#', sign + 1);
        }
        return sign < 0 ? line : line.substring(0, sign);
    }

    private static SudoRules parse(List<String> lines) {
        List<String> defaults = new ArrayList<>();
        List<Right> rights = new ArrayList<>();
        Map<String, List<String>> aliases = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith("Defaults")) {
                // Defaults:name, Defaults@host … are for some; they count when they weaken.
                String rest = line.contains(" ") || line.contains("\t") ? line.replaceFirst("^\\S+\\s+", "") : "";
                defaults.addAll(BETWEEN.splitAsStream(rest.strip()).toList());
            } else if (line.startsWith("User_Alias")) {
                alias(line.replaceFirst("^\\S+\\s*", ""), aliases);
            }
        }
        lines.stream()
                .filter(line -> !line.startsWith("Defaults")
                        && !line.startsWith("@")
                        && !line.matches("(User|Runas|Host|Cmnd|Cmd)_Alias\\b.*"))
                .forEach(line -> rights.addAll(rights(line, aliases)));
        return new SudoRules(defaults, rights);
    }

    private static void alias(String definitions, Map<String, List<String>> aliases) {
        for (String definition : definitions.split(":", -1)) {
            String[] parts = definition.split("=", 2);
            if (parts.length == 2) {
                aliases.put(
                        parts[0].strip(),
                        BETWEEN.splitAsStream(parts[1].strip()).toList());
            }
        }
    }

    private static List<Right> rights(String line, Map<String, List<String>> aliases) {
        Matcher rule = RULE.matcher(line);
        if (!rule.matches()) {
            return List.of();
        }
        String runAs = rule.group(2) == null ? "root" : rule.group(2).replaceAll("[()]", "");
        String users = runAs.split(":", -1)[0].strip();
        boolean asRoot = !users.isEmpty()
                && BETWEEN.splitAsStream(users)
                        .anyMatch(user -> user.equals("ALL")
                                || user.equals("root")
                                || user.equals("#0")
                                || user.equals(user.toUpperCase(Locale.ROOT)));
        String commands = rule.group(3);
        boolean all = Arrays.stream(commands.split(",", -1))
                .anyMatch(command -> command.strip().matches("([A-Z_]+:\\s*)*ALL"));
        boolean password = !commands.contains("NOPASSWD");
        return BETWEEN.splitAsStream(rule.group(1).strip())
                .flatMap(subject -> aliases.getOrDefault(subject, List.of(subject)).stream())
                .filter(subject -> !subject.startsWith("!"))
                .map(subject -> new Right(subject, asRoot, all, password))
                .toList();
    }

    /** The values of a setting, where it is given; a flag has its own name as its value. */
    public List<String> setting(String name) {
        return defaults.stream()
                .flatMap(setting -> {
                    String[] parts = setting.split("\\s*\\+?=\\s*", 2);
                    return parts[0].equals(name)
                            ? Stream.of(parts.length == 2 ? unquoted(parts[1]) : name)
                            : Stream.of();
                })
                .toList();
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }
}
