package dev.nuxari.agent.posture;

import dev.nuxari.agent.observe.HostAccounts;
import dev.nuxari.agent.observe.HostAccounts.Account;
import dev.nuxari.agent.observe.HostAccounts.Group;
import dev.nuxari.agent.observe.HostFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What has to hold of the accounts of a host together. */
enum AccountRule {
    ONLY_ROOT_IS_ZERO(
            false,
            host -> named(host.accounts().stream()
                    .filter(account -> account.number() == 0)
                    .map(Account::name))),
    ONLY_ROOTS_FIRST_GROUP_IS_ZERO(
            false,
            host -> named(host.accounts().stream()
                    .filter(account -> account.group() == 0 && !mayShareRootsGroup(account))
                    .map(Account::name))),
    ONLY_GROUP_ROOT_IS_ZERO(
            false,
            host -> named(
                    host.groups().stream().filter(group -> group.number() == 0).map(Group::name))),
    PASSWORDS_ARE_SHADOWED(
            false,
            host -> host.accounts().stream()
                    .allMatch(account -> account.password().equals("x"))),
    NO_EMPTY_PASSWORDS(
            true,
            host -> host.secrets().stream()
                    .noneMatch(secret -> secret.password().isEmpty())),
    STRONG_HASHES(
            true,
            host -> host.secrets().stream()
                    .map(secret -> secret.password().replaceFirst("^!+", ""))
                    .filter(hash -> hash.startsWith("$") || hash.length() >= AccountRule.OLD_HASH)
                    .allMatch(hash -> hash.startsWith("$y$") || hash.startsWith("$gy$") || hash.startsWith("$6$"))),
    PASSWORDS_AGE(
            true,
            host -> host.secrets().stream()
                    .filter(secret -> secret.password().startsWith("$"))
                    .allMatch(secret -> isAtMost(secret.longestDays()))),
    UNIQUE_NUMBERS(false, host -> isUnique(host.accounts().stream().map(Account::number))),
    UNIQUE_NAMES(false, host -> isUnique(host.accounts().stream().map(Account::name))),
    UNIQUE_GROUP_NUMBERS(false, host -> isUnique(host.groups().stream().map(Group::number))),
    UNIQUE_GROUP_NAMES(false, host -> isUnique(host.groups().stream().map(Group::name))),
    FIRST_GROUPS_EXIST(
            false,
            host -> host.accounts().stream()
                    .allMatch(account -> host.groups().stream().anyMatch(group -> group.number() == account.group()))),
    SHADOW_GROUP_IS_EMPTY(
            false,
            host -> host.groups().stream()
                    .filter(group -> group.name().equals("shadow"))
                    .allMatch(group -> group.members().isEmpty()
                            && host.accounts().stream().noneMatch(account -> account.group() == group.number()))),
    SYSTEM_ACCOUNTS_HAVE_NO_SHELL(
            false,
            host -> host.accounts().stream()
                    .filter(account -> account.number() != 0 && account.number() < AccountRule.FIRST_PERSON)
                    .noneMatch(Account::hasShell)),
    LINES_ARE_WHOLE(false, host -> host.oddLines() == 0),

    /** Homes of people are theirs alone, and no link. */
    HOMES_ARE_CLOSED(false, host -> true) {
        @Override
        Result judge(HostFiles files) throws IOException {
            for (Account account : people(files)) {
                Optional<HostFiles.Facts> home = files.facts(account.home());
                if (home.isEmpty()
                        || !home.get().folder()
                        || home.get().owner() != account.number()
                        || (home.get().mode() & OF_OTHERS) != 0) {
                    return Result.FAIL;
                }
            }
            return Result.PASS;
        }
    },

    /** Nobody has the files by which other hosts are trusted, or passwords lie about. */
    NO_TRUST_FILES(false, host -> true) {
        @Override
        Result judge(HostFiles files) throws IOException {
            for (Account account : people(files)) {
                for (String name : TRUST_FILES) {
                    if (files.facts(account.home() + "/" + name).isPresent()) {
                        return Result.FAIL;
                    }
                }
            }
            return Result.PASS;
        }
    };

    private static final int FIRST_PERSON = 1_000;
    private static final int NOBODY = 65_534;
    private static final int LONGEST_DAYS = 365;
    private static final int OLD_HASH = 13;
    private static final long OF_OTHERS = 027;
    private static final List<String> SYNC = List.of("sync", "shutdown", "halt", "operator");
    private static final List<String> TRUST_FILES = List.of(".rhosts", ".shosts", ".forward", ".netrc");

    private final boolean withSecrets;

    @SuppressWarnings("ImmutableEnumChecker") // It holds nothing; only the compiler has not been told.
    private final Predicate<HostAccounts> holds;

    AccountRule(boolean withSecrets, Predicate<HostAccounts> holds) {
        this.withSecrets = withSecrets;
        this.holds = holds;
    }

    Result judge(HostFiles files) throws IOException {
        HostAccounts host = HostAccounts.of(files, withSecrets);
        if (host.accounts().isEmpty()) {
            throw new IOException("a host without accounts");
        }
        return Result.of(holds.test(host));
    }

    private static List<Account> people(HostFiles files) throws IOException {
        return HostAccounts.of(files, false).accounts().stream()
                .filter(account -> account.number() >= FIRST_PERSON && account.number() != NOBODY && account.hasShell())
                .filter(account -> account.home().matches("(/[^/]+)+"))
                .toList();
    }

    /** By what Debian and others have always given them. */
    private static boolean mayShareRootsGroup(Account account) {
        return SYNC.contains(account.name());
    }

    private static boolean named(Stream<String> names) {
        return names.toList().equals(List.of("root"));
    }

    private static boolean isUnique(Stream<?> values) {
        List<?> all = values.toList();
        return all.stream().distinct().count() == all.size();
    }

    private static boolean isAtMost(String days) {
        return days.matches("[0-9]{1,9}") && Integer.parseInt(days) >= 1 && Integer.parseInt(days) <= LONGEST_DAYS;
    }
}
