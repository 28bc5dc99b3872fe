package dev.nuxari.agent.observe;

import dev.nuxari.agent.action.SshKeys;
import dev.nuxari.agent.observe.HostAccounts.Account;
import dev.nuxari.agent.observe.HostAccounts.Group;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who can get into the host, and who can become root on it: to be compared with what was granted. */
public final class Access implements Collector {
    private static final int MOST_HOMES = 500;

    @Override
    public String source() {
        return "linux-access";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        HostAccounts host = accounts(files);
        List<Summary> seen = new ArrayList<>();
        // The rights first: where there is more than one observation holds, the accounts are cut off.
        SudoRules.of(files).rights().stream().map(Access::sudo).distinct().forEach(seen::add);
        for (Account account : host.accounts().stream().limit(MOST_HOMES).toList()) {
            seen.addAll(keys(files, account));
        }
        memberships(host).distinct().forEach(seen::add);
        host.accounts().forEach(account -> seen.add(account(host, account)));
        return seen;
    }

    /** Without the secrets where they cannot be read: who there is shall be known all the same. */
    private static HostAccounts accounts(HostFiles files) throws IOException {
        try {
            return HostAccounts.of(files, true);
        } catch (IOException e) {
            return HostAccounts.of(files, false);
        }
    }

    private static Summary account(HostAccounts host, Account account) {
        return Summary.of(
                SummaryKind.HOST_ACCOUNT,
                "name",
                Names.of(account.name()),
                "number",
                account.number(),
                "password",
                host.secret(account).map(secret -> password(secret.password())).orElse("unknown"),
                "shell",
                account.hasShell());
    }

    private static String password(String stored) {
        if (stored.isEmpty()) {
            return "empty";
        }
        if (stored.equals("*") || stored.equals("!") || stored.equals("!!") || stored.equals("!*")) {
            return "none";
        }
        return stored.startsWith("!") ? "locked" : "set";
    }

    private static Stream<Summary> memberships(HostAccounts host) {
        Stream<Summary> named = host.groups().stream()
                .flatMap(group -> group.members().stream().map(member -> membership(group, member)));
        Stream<Summary> first = host.accounts().stream()
                .flatMap(account -> host.groups().stream()
                        .filter(group -> group.number() == account.group()
                                && !group.name().equals(account.name()))
                        .map(group -> membership(group, account.name())));
        return Stream.concat(named, first);
    }

    private static Summary membership(Group group, String account) {
        return Summary.of(SummaryKind.HOST_MEMBERSHIP, "group", Names.of(group.name()), "account", Names.of(account));
    }

    private static Summary sudo(SudoRules.Right right) {
        boolean everybody = right.subject().equals("ALL");
        boolean other = right.subject().startsWith("+") || right.subject().startsWith("#");
        String kind = right.isGroup() ? "group" : other ? "other" : "account";
        return Summary.of(
                SummaryKind.SUDO_RIGHT,
                "subject",
                everybody ? "everybody" : kind,
                "name",
                Names.of(right.isGroup() ? right.subject().substring(1) : right.subject()),
                "runAs",
                right.asRoot() ? "root" : "other",
                "commands",
                right.allCommands() ? "all" : "some",
                "password",
                right.password());
    }

    private static List<Summary> keys(HostFiles files, Account account) {
        if (!account.home().matches("(/[^/]+)+") || account.home().matches(".*/\\.\\.?(/.*)?")) {
            return List.of();
        }
        List<Summary> keys = new ArrayList<>();
        for (String name : List.of("authorized_keys", "authorized_keys2")) {
            try {
                files.lines(account.home() + "/.ssh/" + name).stream()
                        .flatMap(line -> SshKeys.fingerprints(line).stream())
                        .distinct()
                        .map(print -> Summary.of(
                                SummaryKind.SSH_ACCESS, "account", Names.of(account.name()), "fingerprint", print))
                        .forEach(keys::add);
            } catch (IOException e) {
                keys.add(Summary.of(SummaryKind.SSH_UNREAD, "account", Names.of(account.name())));
            }
        }
        return keys.stream().distinct().toList();
    }
}
