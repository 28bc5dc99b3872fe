package dev.nuxari.agent.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The accounts and groups of a host's own files. Lines that are none are counted, not guessed at. */
public record HostAccounts(List<Account> accounts, List<Secret> secrets, List<Group> groups, int oddLines) {
    private static final int PASSWD_FIELDS = 7;
    private static final int SHADOW_FIELDS = 9;
    private static final int GROUP_FIELDS = 4;
    private static final List<String> NO_SHELLS = List.of("/nologin", "/false", "/sync");

    public HostAccounts {
        accounts = List.copyOf(accounts);
        secrets = List.copyOf(secrets);
        groups = List.copyOf(groups);
    }

    /** A line of passwd. */
    public record Account(String name, String password, long number, long group, String home, String shell) {
        /** Whether its shell lets anybody in. */
        public boolean hasShell() {
            return NO_SHELLS.stream().noneMatch(shell::endsWith);
        }
    }

    /** A line of shadow. */
    public record Secret(String name, String password, String longestDays) {}

    /** A line of group. */
    public record Group(String name, long number, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /** Reads the three files; shadow may be unreadable to a caller who does not need it. */
    public static HostAccounts of(HostFiles files, boolean withSecrets) throws IOException {
        Lines lines = new Lines();
        for (String line : files.lines("/etc/passwd")) {
            lines.passwd(line);
        }
        for (String line : files.lines("/etc/group")) {
            lines.group(line);
        }
        for (String line : withSecrets ? files.lines("/etc/shadow") : List.<String>of()) {
            lines.shadow(line);
        }
        return new HostAccounts(lines.accounts, lines.secrets, lines.groups, lines.odd);
    }

    private static final class Lines {
        private final List<Account> accounts = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private final List<Group> groups = new ArrayList<>();
        private int odd;

        private void passwd(String line) {
            fields(line, PASSWD_FIELDS).ifPresent(fields -> {
                try {
                    accounts.add(new Account(
                            fields[0],
                            fields[1],
                            Integer.parseUnsignedInt(fields[2]) & 0xffff_ffffL,
                            Integer.parseUnsignedInt(fields[3]) & 0xffff_ffffL,
                            fields[5],
                            fields[6].isEmpty() ? "/bin/sh" : fields[6]));
                } catch (NumberFormatException e) {
                    odd++;
                }
            });
        }

        private void group(String line) {
            fields(line, GROUP_FIELDS).ifPresent(fields -> {
                try {
                    List<String> members = Arrays.stream(fields[3].split(","))
                            .filter(member -> !member.isEmpty())
                            .toList();
                    groups.add(new Group(fields[0], Integer.parseUnsignedInt(fields[2]) & 0xffff_ffffL, members));
                } catch (NumberFormatException e) {
                    odd++;
                }
            });
        }

        private void shadow(String line) {
            fields(line, SHADOW_FIELDS).ifPresent(fields -> secrets.add(new Secret(fields[0], fields[1], fields[4])));
        }

        private Optional<String[]> fields(String line, int expected) {
            String[] fields = line.split(":", -1);
            if (fields.length == expected && !fields[0].isEmpty()) {
                return Optional.of(fields);
            }
            odd += line.isBlank() || line.startsWith("#") ? 0 : 1;
            return Optional.empty();
        }
    }

    public Optional<Secret> secret(Account account) {
        return secrets.stream()
                .filter(secret -> secret.name().equals(account.name()))
                .findFirst();
    }
}
