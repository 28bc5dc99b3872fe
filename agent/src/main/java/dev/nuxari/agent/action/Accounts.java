package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stands of an account or group in the host's own files. Whom only a directory service knows is not here. */
record Accounts(HostRoot root) {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;
    private static final int PASSWD_FIELDS = 7;
    private static final int SHADOW_FIELDS = 9;
    private static final int GROUP_FIELDS = 4;

    /** A line of passwd. */
    record Account(String name, long number, long group, String home) {}

    /** A line of shadow. */
    record Secret(String password, String expires) {}

    /** A line of group. */
    record Group(long number, List<String> members) {}

    Optional<Account> account(String name) throws IOException {
        return line("/etc/passwd", name, PASSWD_FIELDS)
                .map(fields -> new Account(name, Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5]));
    }

    Optional<Secret> secret(String name) throws IOException {
        return line("/etc/shadow", name, SHADOW_FIELDS).map(fields -> new Secret(fields[1], fields[7]));
    }

    Optional<Group> group(String name) throws IOException {
        return line("/etc/group", name, GROUP_FIELDS)
                .map(fields -> new Group(Long.parseLong(fields[2]), List.of(fields[3].split(","))));
    }

    private Optional<String[]> line(String file, String name, int fields) throws IOException {
        String text = new String(read(root.resolve(file)), UTF_8);
        return text.lines()
                .map(line -> line.split(":", -1))
                .filter(line -> line.length == fields && line[0].equals(name))
                .findFirst();
    }

    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] all = in.readNBytes(LARGEST_FILE + 1);
            if (all.length > LARGEST_FILE) {
                throw new IOException("larger than any such file: " + file);
            }
            return all;
        }
    }
}
