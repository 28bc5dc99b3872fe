package dev.nuxari.server.domains;

import static dev.nuxari.server.domains.DomainGround.publish;
import static dev.nuxari.server.domains.DomainGround.unused;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Verified domains are looked at every day. */
@ServerTest
@Claim({"I1", "I3"})
class DomainWatchTest {
    @Autowired
    DomainWatch watch;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    @Autowired
    TestHttp http;

    @SuppressWarnings("NullAway.Init")
    private DomainGround ground;

    @SuppressWarnings("NullAway.Init")
    private Json.Obj domain;

    @BeforeEach
    void givenAVerifiedDomain() {
        ground = DomainGround.fresh(http, clock);
        domain = ground.verified(unused());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void timerIsSetWhenADomainIsVerified() {
        Instant due = beyondTheWalls()
                .sql(
                        "SELECT execution_time FROM scheduled_tasks WHERE task_name = 'domain-watch' AND task_instance = ?")
                .param(ground.organization().id() + "/" + domain.string("id"))
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();

        assertThat(due).isCloseTo(clock.instant().plus(Duration.ofDays(1)), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void recordThatIsStillThereChangesNothing() {
        assertThat(nextDay()).isPresent();

        assertThat(state()).isEqualTo("verified");
        assertThat(ground.events()).containsExactly("domain.add succeeded", "domain.verify succeeded");
    }

    @Test
    void domainWhoseRecordIsMissingForSevenDaysIsNoLongerVerified() {
        TestDns.instance().forget(domain.object("record").string("name"));
        for (int day = 1; day <= 7; day++) {
            assertThat(nextDay()).as("day " + day).isPresent();
            assertThat(state()).as("day " + day).isEqualTo("verified");
        }

        assertThat(nextDay()).isEmpty();

        Json.Obj lapsed = ground.shown(domain);
        assertThat(lapsed.string("state")).isEqualTo("pending");
        assertThat(lapsed.optionalString("lapsedAt")).isPresent();
        assertThat(ground.events())
                .containsExactly(
                        "domain.add succeeded",
                        "domain.verify succeeded",
                        "domain.check refused system:domain-watch",
                        "domain.lapse succeeded system:domain-watch");
        assertThat(ground.lastEvent().object("before").string("state")).isEqualTo("verified");
        assertThat(ground.lastEvent().object("before").optionalString("failingSince"))
                .isPresent();
        assertThat(ground.lastEvent().object("after").string("state")).isEqualTo("pending");
        // Left alone from here on.
        assertThat(nextDay()).isEmpty();
    }

    @Test
    void domainThatLapsedIsVerifiedAgainByTheSameRecord() {
        TestDns.instance().forget(domain.object("record").string("name"));
        for (int day = 1; day <= 8; day++) {
            nextDay();
        }
        publish(domain);

        assertThat(ground.checked(domain).string("outcome")).isEqualTo("found");
        assertThat(state()).isEqualTo("verified");
        assertThat(ground.shown(domain).optionalString("lapsedAt")).isEmpty();
    }

    @Test
    void recordThatComesBackInTimeIsEnough() {
        TestDns.instance().forget(domain.object("record").string("name"));
        for (int day = 1; day <= 6; day++) {
            nextDay();
        }
        assertThat(ground.shown(domain).optionalString("failingSince")).isPresent();
        publish(domain);
        nextDay();
        assertThat(ground.shown(domain).optionalString("failingSince")).isEmpty();
        TestDns.instance().forget(domain.object("record").string("name"));

        for (int day = 1; day <= 7; day++) {
            nextDay();
        }
        assertThat(state()).isEqualTo("verified");
        nextDay();
        assertThat(state()).isEqualTo("pending");
    }

    @Test
    void nameServerOfOursThatIsSilentTakesNothingFromAnybody() {
        TestDns.instance().script(domain.object("record").string("name"), (_, _) -> {});
        clock.advance(Duration.ofDays(10));

        assertThat(nextDay()).isPresent();
        clock.advance(Duration.ofDays(10));
        assertThat(nextDay()).isPresent();

        assertThat(state()).isEqualTo("verified");
        assertThat(ground.shown(domain).object("lastCheck").string("outcome")).isEqualTo("no-answer");
    }

    @Test
    void domainThatWasRemovedIsNotLookedAt() {
        ground.as(Role.OWNER).post("/domains/" + domain.string("id") + "/removals", "{}");
        int asked = TestDns.instance().asked().size();

        assertThat(nextDay()).isEmpty();
        assertThat(TestDns.instance()
                        .asked()
                        .subList(asked, TestDns.instance().asked().size()))
                .noneMatch(question -> question.contains(domain.string("domain")));
    }

    @Test
    void lookThatComesRightAfterAnotherWaits() {
        assertThat(run())
                .hasValueSatisfying(
                        next -> assertThat(next).isBefore(clock.instant().plus(Duration.ofMinutes(1))));
    }

    private Optional<Instant> nextDay() {
        clock.advance(Duration.ofDays(1));
        return run();
    }

    private Optional<Instant> run() {
        return watch.run(doorkeeper.admitSystem(ground.organization().id(), watch.kind()), domain.string("id"));
    }

    private String state() {
        return ground.shown(domain).string("state");
    }
}
