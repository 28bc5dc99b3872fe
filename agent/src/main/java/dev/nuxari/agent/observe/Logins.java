package dev.nuxari.agent.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.HostPrograms;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Counts what the journal says of logins of the last hour. Whoever may write to the journal can make the counts larger; the lines
 * themselves stay on the host.
 */
public final class Logins implements Collector {
    private static final String FILE = "/var/log/auth.log";
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Pattern ACCEPTED =
            Pattern.compile(" sshd(-session)?\\[\\d+]: Accepted |session opened for user");
    private static final Pattern REFUSED =
            Pattern.compile(" sshd(-session)?\\[\\d+]: (Failed |Invalid user )" + "|authentication failure;");
    private static final Pattern SUDO = Pattern.compile(" sudo(\\[\\d+])?: .*COMMAND=");
    private static final Pattern SUDO_REFUSED =
            Pattern.compile(" sudo(\\[\\d+])?: .*(NOT in sudoers|not allowed|incorrect password)");
    private static final Pattern CHANGES =
            Pattern.compile(" (useradd|usermod|userdel|groupadd|groupmod|groupdel|gpasswd|passwd|chpasswd)\\[\\d+]: ");

    private final HostPrograms programs;

    public Logins(HostPrograms programs) {
        this.programs = programs;
    }

    @Override
    public String source() {
        return "linux-logins";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        List<String> lines = lines(files, now);
        return List.of(Summary.of(
                SummaryKind.LOGIN_COUNTS,
                "until",
                now,
                "accepted",
                count(lines, ACCEPTED.asPredicate()),
                "refused",
                count(lines, REFUSED.asPredicate()),
                "sudo",
                count(lines, SUDO.asPredicate().and(SUDO_REFUSED.asPredicate().negate())),
                "sudoRefused",
                count(lines, SUDO_REFUSED.asPredicate()),
                "accountChanges",
                count(lines, CHANGES.asPredicate())));
    }

    private static long count(List<String> lines, Predicate<String> counted) {
        return lines.stream().filter(counted).count();
    }

    /** Of the journal; of the file in its stead, whole, where the host has no journal. */
    private List<String> lines(HostFiles files, Instant now) throws IOException {
        Optional<String> journal = programs.journal(now.minus(EVERY), now);
        if (journal.isPresent()) {
            files.note("journal", journal.get().getBytes(UTF_8));
            return journal.get().lines().toList();
        }
        return files.lines(FILE);
    }
}
