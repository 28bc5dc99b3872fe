package dev.nuxari.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Looking at a real directory, from the request to the book. */
@ServerTest
class ObservationHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @SuppressWarnings("NullAway.Init")
    private ObservedDirectory directory;

    private String connector = "";

    @BeforeEach
    void givenConnectedDirectory() {
        organization = TestOrganization.fresh();
        directory = new ObservedDirectory();
        Answer registered = admin().post("/connectors", directory.registration().canonical());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        connector = registered.json().string("id");
    }

    @AfterEach
    void closeDirectory() {
        directory.close();
    }

    @Test
    @Claim("O2")
    void observationFillsTheObservedBook() {
        Answer started = admin().post("/connectors/" + connector + "/observations", "{}");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.json().string("state")).isEqualTo("running");

        Json.Obj ended = ended(started.json().string("id"));

        assertThat(ended.string("state")).as(ended.canonical()).isEqualTo("completed");
        assertThat(ended.integer("accounts")).isEqualTo(2);
        assertThat(ended.integer("assignments")).isEqualTo(1);
        assertThat(ended.string("summaryHash")).hasSize(64);
        assertThat(admin().get("/assignments?book=observed").items()).hasSize(1);
        assertThat(admin().get("/connectors/" + connector + "/observations").items())
                .containsExactly(ended);
        assertThat(outcomes()).containsExactly("observation.start succeeded", "observation.end succeeded");
    }

    @Test
    void failedObservationSaysWhyAndKeepsTheBook() {
        ended(start());
        directory.close();

        Json.Obj failed = ended(start());

        assertThat(failed.string("state")).isEqualTo("failed");
        assertThat(failed.object("failure").string("class")).isEqualTo("connector");
        assertThat(failed.object("failure").string("reason")).isNotBlank();
        assertThat(admin().get("/assignments?book=observed").items()).hasSize(1);
        assertThat(outcomes()).endsWith("observation.start succeeded", "observation.end failed");
    }

    @RepeatedTest(10)
    void systemIsObservedOnceAtATime() throws Exception {
        directory.close();
        Callable<String> start = this::start;
        List<String> started = new ArrayList<>();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : executor.invokeAll(List.of(start, start, start))) {
                started.add(answer.get());
            }
        }

        started.forEach(this::ended);
        // In the order of the log, which is that of the transactions: clocks are read before one waits for another.
        assertThat(String.join(", ", outcomes()))
                .contains("observation.start succeeded")
                .doesNotContain("observation.start succeeded, observation.start succeeded");
    }

    @Test
    void unknownSystemIsNotObservedAndTheAttemptIsAudited() {
        Answer unknown = admin().post("/connectors/" + UUID.randomUUID() + "/observations", "{}");
        TestOrganization other = TestOrganization.fresh();
        Answer foreign = http.as(other.member(Role.ADMIN)).post("/connectors/" + connector + "/observations", "{}");

        assertThat(unknown.problem()).isEqualTo("no-such-connector");
        assertThat(foreign.problem()).isEqualTo("no-such-connector");
        assertThat(outcomes()).containsExactly("observation.start refused");
    }

    @Test
    void observationOfAnotherOrganizationLooksLikeNone() {
        String observation = start();
        TestOrganization other = TestOrganization.fresh();

        assertThat(http.as(other.member(Role.ADMIN))
                        .get("/observations/" + observation)
                        .problem())
                .isEqualTo("no-such-observation");
        assertThat(admin().get("/observations/" + UUID.randomUUID()).problem()).isEqualTo("no-such-observation");
        ended(observation);
    }

    private TestHttp.Session admin() {
        return http.as(organization.member(Role.ADMIN));
    }

    private String start() {
        return admin().post("/connectors/" + connector + "/observations", "{}")
                .json()
                .string("id");
    }

    /** Waits for the timer to have done its work. */
    private Json.Obj ended(String observation) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Json.Obj found = admin().get("/observations/" + observation).json();
        while (found.string("state").equals("running")) {
            assertThat(System.nanoTime()).as("the observation runs too long").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            found = admin().get("/observations/" + observation).json();
        }
        return found;
    }

    private List<String> outcomes() {
        return TestDatabase.beyondTheWalls()
                .sql("""
                        SELECT action || ' ' || outcome
                        FROM audit_event
                        WHERE organization_id = ? AND action LIKE 'observation.%'
                        ORDER BY sequence
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
