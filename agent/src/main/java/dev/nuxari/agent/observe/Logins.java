package dev.nuxari.agent.observe;

import dev.nuxari.kernel.Json;
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
 * Counts what the host says of logins. The journal is read on from where the last look ended, so much at once; what is missing in between is
 * said. Whoever may write to the journal can make the counts larger; the lines themselves stay on the host.
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

    private final Journal journal;

    public Logins(Journal journal) {
        this.journal = journal;
    }

    @Override
    public String source() {
        return "linux-logins";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        Optional<Journal.Part> read = journal.next(files, now);
        return List.of(
                read.isPresent()
                        ? counts(read.get().lines(), read.get().until())
                                .with("since", read.get().since())
                                .with("gap", read.get().gap())
                                .with("more", read.get().more())
                                .summary()
                        : counts(files.lines(FILE), now).summary());
    }

    /** What is said, as far as it is known. */
    private record Counts(Json.Obj values) {
        Counts with(String name, Object value) {
            return new Counts(values.with(name, value));
        }

        Summary summary() {
            return new Summary(SummaryKind.LOGIN_COUNTS, values);
        }
    }

    private static Counts counts(List<String> lines, Instant until) {
        return new Counts(Json.object(
                "until",
                until,
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
}
