package dev.nuxari.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.HostPrograms;
import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in the place of journalctl, that begins at a cursor as journalctl does, and says what it has. */
@Claim("E5")
class JournalTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.000Z");

    @TempDir
    private Path home;

    private final RememberedPlace place = new RememberedPlace();
    private final List<String> entries = new ArrayList<>();
    private Path journalctl = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        journalctl = Files.writeString(home.resolve("journalctl"), """
                #!/bin/sh
                for word in "$@"; do
                  case "$word" in
                    --cursor=gone*) exit 1 ;;
                    --cursor=*) cursor="${word#--cursor=}" ;;
                    --since=@*) since="${word#--since=@}" ;;
                  esac
                done
                echo "$*" >> %1$s/asked
                [ -z "$cursor" ] && { cat %1$s/journal; exit; }
                sed -n "/\"$cursor\"/,\\$p" %1$s/journal > %1$s/found
                [ -s %1$s/found ] && { cat %1$s/found; exit; }
                cat %1$s/journal
                """.formatted(home));
        Files.setPosixFilePermissions(journalctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        write();
    }

    private void write() throws IOException {
        Files.writeString(home.resolve("journal"), String.join("", entries));
    }

    private void say(int number, String message) throws IOException {
        entries.add(Json.object(
                                "__CURSOR",
                                "s=1;i=" + number,
                                "__REALTIME_TIMESTAMP",
                                Long.toString(NOON.toEpochMilli() * 1_000 + number),
                                "SYSLOG_IDENTIFIER",
                                "sshd",
                                "_PID",
                                "7",
                                "MESSAGE",
                                message)
                        .canonical()
                + "\n");
        write();
    }

    private Json.Obj look(int hour) throws IOException {
        var logins = new Logins(new Journal(new HostPrograms(journalctl), place));
        return logins.look(new HostFiles(new HostRoot(home), 0), at(hour))
                .getFirst()
                .values();
    }

    private static Instant at(int hour) {
        return NOON.plus(Duration.ofHours(hour));
    }

    private static Json.Obj counted(int since, int until, int accepted, boolean gap) {
        return Json.object(
                "until",
                at(until),
                "accepted",
                accepted,
                "refused",
                0,
                "sudo",
                0,
                "sudoRefused",
                0,
                "accountChanges",
                0,
                "since",
                at(since),
                "gap",
                gap,
                "more",
                false);
    }

    @Test
    void eachLookGoesOnWhereTheOneBeforeEnded() throws IOException {
        say(1, "Accepted password for ann");
        say(2, "Accepted password for ann");
        assertThat(look(0)).as("nobody knows what was before").isEqualTo(counted(-1, 0, 2, true));

        say(3, "Accepted password for ann");
        assertThat(look(1)).isEqualTo(counted(0, 1, 1, false));
        assertThat(look(2)).isEqualTo(counted(1, 2, 0, false));
        // The agent did not run for a while.
        say(4, "Accepted password for ann");
        assertThat(look(30)).isEqualTo(counted(2, 30, 1, false));
        assertThat(Files.readString(home.resolve("asked"))).contains("--cursor=s=1;i=3 ");
    }

    @Test
    void whatTheJournalHasNotAnyMoreIsAGap() throws IOException {
        say(1, "Accepted password for ann");
        look(0);
        entries.clear();
        say(8, "Accepted password for ann");
        say(9, "Accepted password for ann");

        assertThat(look(1)).isEqualTo(counted(0, 1, 2, true));
        assertThat(look(2)).isEqualTo(counted(1, 2, 0, false));
    }

    @Test
    void bookmarkThatIsLostOrOfAnotherJournalIsAGap() throws IOException {
        say(1, "Accepted password for ann");
        look(0);
        place.forget();
        assertThat(look(1)).isEqualTo(counted(0, 1, 1, true));

        place.write(Json.object("v", 1, "cursor", "gone", "until", at(1)));
        assertThat(look(2)).isEqualTo(counted(1, 2, 1, true));
        place.write(Json.object("v", 1, "cursor", "--file=/etc/passwd", "until", at(2)));
        assertThat(look(3)).isEqualTo(counted(2, 3, 1, true));
        assertThat(Files.readString(home.resolve("asked"))).doesNotContain("passwd");
        place.write(Json.object("v", 1, "until", "yesterday"));
        assertThat(look(4)).isEqualTo(counted(3, 4, 1, true));
    }

    @Test
    void quietHostHasNoGap() throws IOException {
        assertThat(look(0)).isEqualTo(counted(-1, 0, 0, true));
        assertThat(look(1)).isEqualTo(counted(0, 1, 0, false));
        say(1, "Accepted password for ann");
        assertThat(look(2)).isEqualTo(counted(1, 2, 1, false));
    }

    /** Nothing is skipped: a busy host is read in parts, and each says that there is more. */
    @Test
    void moreThanOnePartHasIsReadInParts() throws IOException {
        say(0, "Accepted password for ann");
        look(0);
        int many = 9;
        String long1 = "x".repeat(1_000_000);
        for (int i = 1; i <= many; i++) {
            say(i, "Accepted password for ann " + long1);
        }
        long accepted = 0;
        int looks = 0;
        Json.Obj part;
        do {
            part = look(++looks);
            accepted += part.integer("accepted");
            assertThat(part.bool("gap")).isFalse();
        } while (part.bool("more"));

        assertThat(accepted).isEqualTo(many);
        assertThat(looks).isEqualTo(3);
        assertThat(Instant.parse(part.string("since")))
                .as("up to what was read")
                .isBefore(at(1));
    }

    @Test
    void messageThatIsNoTextCountsForNothing() throws IOException {
        entries.add(
                "{\"__CURSOR\":\"s=1;i=1\",\"__REALTIME_TIMESTAMP\":\"1\",\"MESSAGE\":[65,0],\"SYSLOG_IDENTIFIER\":[\"a\",\"b\"]}\n");
        entries.add("no json\n");
        entries.add("{\"__CURSOR\":\"s=1;i=2\",\"__REALTIME_TIMESTAMP\":\"99999999999999999999\"}\n");
        say(3, "Accepted password for ann");

        assertThat(look(0)).isEqualTo(counted(-1, 0, 1, true));
    }
}
