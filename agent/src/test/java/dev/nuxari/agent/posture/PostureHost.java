package dev.nuxari.agent.posture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.observe.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tree of a host in which all is well, and edits of it. Whoever runs the test stands for root, and for ann as well, whose number
 * becomes theirs.
 */
final class PostureHost {
    private static final List<PosixFilePermission> BITS =
            List.of(PosixFilePermission.values()).reversed();

    private final Path root;

    private PostureHost(Path root) {
        this.root = root;
    }

    static PostureHost good(Path folder) throws IOException {
        PostureHost host = new PostureHost(folder.toRealPath());
        Path current = folder;
        List<String> lines = new ArrayList<>();
        for (String line : resource("good-host.txt")) {
            if (line.startsWith("|")) {
                lines.add(line.substring(Math.min(2, line.length())));
                Files.write(current, lines);
                continue;
            }
            String[] words = line.split(" ", -1);
            current = host.at(words[1]);
            lines.clear();
            if (words[0].equals("folder")) {
                Files.createDirectories(current);
            } else {
                Files.createDirectories(Objects.requireNonNull(current.getParent()));
                Files.createFile(current);
            }
            mode(current, words[2]);
        }
        return host;
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = PostureHost.class.getResourceAsStream("/posture/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** For each check the edit that it has to notice. */
    static Map<String, String> badEdits() throws IOException {
        Map<String, String> edits = new LinkedHashMap<>();
        for (String line : resource("bad-edits.txt")) {
            String[] parts = line.split(": ", 2);
            edits.put(parts[0], parts[1]);
        }
        return edits;
    }

    Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    private static void mode(Path file, String octal) throws IOException {
        long mode = Long.parseLong(octal, 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : BITS) {
            if ((mode >> BITS.indexOf(permission) & 1) == 1) {
                permissions.add(permission);
            }
        }
        Files.setPosixFilePermissions(file, permissions);
    }

    void edit(String edit) throws IOException {
        String[] words = edit.split(" ", 3);
        switch (words[0]) {
            case "add" -> write(words[1], before(words[1]) + words[2] + "\n");
            case "put" -> write(words[1], words[2] + "\n");
            case "mode" -> mode(at(words[1]), words[2]);
            case "gone" -> Files.delete(at(words[1]));
            case "install" ->
                write(
                        STATUS,
                        before(STATUS) + "Package: %s\nStatus: install ok installed\nVersion: 1\n".formatted(words[1]));
            case "remove" ->
                swap(STATUS, "Package: %s\nStatus: install ok installed".formatted(words[1]), "Package: gone");
            case "swap" -> {
                String[] sides = words[2].split(" => ?", 2);
                swap(words[1], sides[0], sides[1]);
            }
            default -> throw new IllegalArgumentException(edit);
        }
    }

    private static final String STATUS = "/var/lib/dpkg/status";

    private void swap(String path, String from, String to) throws IOException {
        String text = before(path);
        if (!text.contains(from)) {
            throw new IllegalArgumentException("%s has no %s".formatted(path, from));
        }
        write(path, text.replace(from, to));
    }

    private String before(String path) throws IOException {
        return Files.exists(at(path)) ? Files.readString(at(path)) : "";
    }

    private void write(String path, String text) throws IOException {
        Path file = at(path);
        if (Files.exists(file)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, permissions);
        } else {
            Files.writeString(file, text);
        }
    }

    /** As the agent sees it now. */
    HostFiles files() throws IOException {
        long runner = ((Integer) Files.getAttribute(root, "unix:uid")).longValue();
        return new HostFiles(new HostRoot(root), runner);
    }
}
