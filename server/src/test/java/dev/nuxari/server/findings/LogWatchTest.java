package dev.nuxari.server.findings;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody who is a superuser of the database tampers with a log, and the server notices and says where. */
@ServerTest
@Claim("A4")
class LogWatchTest {
    @Autowired
    LogWatch watch;

    @Autowired
    AuditTrail trail;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();
    private TamperedLog stored = new TamperedLog(organization.id());

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
        stored = new TamperedLog(organization.id());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void soundLogIsLeftAlone() {
        append(7);
        look();
        append(4);
        look();

        assertThat(findings()).isEmpty();
        assertThat(stored.leaves()).hasSize(11);
    }

    @Test
    void longLogIsSound() {
        append(1);
        stored.rewrite(LongStream.range(0, 2500).mapToObj(this::event).toList());
        look();

        assertThat(findings()).isEmpty();
    }

    @Test
    void eventThatIsEditedIsNamed() {
        append(9);
        stored.sql("UPDATE audit_event SET leaf = leaf || ' ', leaf_hash = sha256('\\x00'::bytea || leaf || ' ')"
                + " WHERE sequence = 8 AND organization_id = ?");
        look();

        assertThat(findings()).containsExactly("critical open log.event-changed event 8");
    }

    @Test
    void eventInsideThatIsEditedIsNamed() {
        append(9);
        stored.sql("UPDATE audit_event SET leaf = leaf || ' ', leaf_hash = sha256('\\x00'::bytea || leaf || ' ')"
                + " WHERE sequence = 5 AND organization_id = ?");
        look();

        assertThat(findings()).containsExactly("critical open log.event-changed events 4 to 5");
    }

    @Test
    void columnThatSaysSomethingElseThanItsEventIsNamed() {
        for (String column : List.of("actor", "action", "target_type", "target_id")) {
            freshOrganization();
            append(9);
            stored.sql("UPDATE audit_event SET " + column
                    + " = 'somebody.else' WHERE sequence = 3 AND organization_id = ?");
            look();

            assertThat(findings()).as(column).containsExactly("critical open log.event-changed event 3");
        }
    }

    @Test
    void timeAndOutcomeThatWereEditedAreNamed() {
        append(3);
        stored.sql("UPDATE audit_event SET at = at + interval '1 hour' WHERE sequence = 1 AND organization_id = ?");
        look();
        assertThat(findings()).containsExactly("critical open log.event-changed event 1");

        stored.sql("UPDATE audit_event SET outcome = 'failed' WHERE sequence = 0 AND organization_id = ?");
        look();
        assertThat(findings()).contains("critical open log.event-changed event 0");
    }

    @Test
    void eventThatIsGoneIsNamed() {
        append(9);
        stored.sql("DELETE FROM audit_event WHERE sequence IN (4, 5) AND organization_id = ?");
        look();

        assertThat(findings()).containsExactly("critical open log.event-missing events 4 to 5");
    }

    @Test
    void lastEventsThatAreGoneAreNamed() {
        append(9);
        stored.sql("DELETE FROM audit_event WHERE sequence >= 7 AND organization_id = ?");
        look();

        assertThat(findings()).containsExactly("critical open log.event-missing events 7 to 8");
    }

    @Test
    void eventsThatChangedPlacesAreNoticed() {
        append(9);
        stored.swap(2, 3);
        look();

        assertThat(findings()).containsExactly("critical open log.event-changed event 2");
    }

    @Test
    void wholeHistoryThatIsWrittenAnewContradictsWhatWasSigned() {
        append(4);
        trail.checkpoint(organization.id(), caller());
        append(5);
        trail.checkpoint(organization.id(), caller());
        List<Json.Obj> leaves = new ArrayList<>(stored.leaves());
        leaves.set(6, leaves.get(6).with("action", "nothing.happen"));
        stored.rewrite(leaves);
        look();

        assertThat(findings()).containsExactly("critical open log.history-replaced events 4 to 8");
    }

    @Test
    void tailThatIsCutOffAsIfItHadNeverBeenIsNoticed() {
        append(9);
        look();
        stored.rewrite(stored.leaves().subList(0, 6));
        stored.sql("DELETE FROM audit_checkpoint WHERE size > 6 AND organization_id = ?");
        look();
        look();

        assertThat(findings()).containsExactly("critical open log.events-cut-off events 6 to 8");
    }

    @Test
    void olderStateThatGrewAgainIsNoticed() {
        append(9);
        look();
        stored.rewrite(stored.leaves().subList(0, 6));
        stored.sql("DELETE FROM audit_checkpoint WHERE size > 6 AND organization_id = ?");
        append(9);
        look();
        look();

        assertThat(findings()).containsExactly("critical open log.history-replaced events 0 to 8");
    }

    @Test
    void oldEventIsLookedAtAgainFromTimeToTime() {
        append(9);
        look();
        stored.sql("UPDATE audit_event SET target_id = 'x' WHERE sequence = 3 AND organization_id = ?");
        look();
        assertThat(findings()).isEmpty();

        clock.advance(Duration.ofHours(1));
        look();

        assertThat(findings()).containsExactly("critical open log.event-changed event 3");
    }

    @Test
    void findingIsOpenedOnceAndIsInTheLog() {
        append(9);
        stored.sql("DELETE FROM audit_event WHERE sequence = 4 AND organization_id = ?");
        look();
        clock.advance(Duration.ofMinutes(1));
        look();

        assertThat(findings()).hasSize(1);
        Json.Obj finding = http.as(organization.member(Role.AUDITOR))
                .get("/findings")
                .json()
                .objects("items")
                .getFirst();
        assertThat(finding.string("lastSeenAt")).isGreaterThan(finding.string("firstSeenAt"));
        assertThat(stored.leaves())
                .filteredOn(event -> event.string("action").equals("finding.open"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.object("target").string("id")).isEqualTo(finding.string("id"));
                    assertThat(event.object("metadata").string("subject")).isEqualTo("event 4");
                    assertThat(event.object("actor").string("id")).isEqualTo("log-watch");
                });
    }

    @Test
    void watchBeginsWithTheLog() {
        append(1);

        assertThat(beyondTheWalls()
                        .sql("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'log-watch' AND task_instance = ?")
                        .param(organization.id() + "/log")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            http.as(organization.member(Role.READONLY)).get("/audit-head");
        }
    }

    private Json.Obj event(long sequence) {
        return stored.leaves().getFirst().with("sequence", sequence);
    }

    private void look() {
        watch.run(caller(), "log");
    }

    private Caller caller() {
        return doorkeeper.admitSystem(organization.id(), LogWatch.KIND);
    }

    private List<String> findings() {
        return http.as(organization.member(Role.AUDITOR)).get("/findings").json().objects("items").stream()
                .map(finding -> "%s %s %s %s"
                        .formatted(
                                finding.string("severity"),
                                finding.string("state"),
                                finding.string("rule"),
                                finding.string("subject")))
                .toList();
    }
}
