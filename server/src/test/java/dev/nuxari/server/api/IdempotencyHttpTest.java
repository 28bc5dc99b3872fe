package dev.nuxari.server.api;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The same request sent twice acts once. */
@ServerTest
class IdempotencyHttpTest {
    private static final String BODY = "{'verdict':'approve','reason':'checked','planHash':'" + "a".repeat(64) + "'}";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();
    private String route = "";
    private String key = "";

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        route = "/approvals/" + UUID.randomUUID() + "/decisions";
        key = UUID.randomUUID().toString();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void sameRequestGetsTheFirstAnswerAgain() {
        Answer first = post(BODY);
        Answer second = post(BODY);

        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        post(BODY);

        Answer other = post(BODY.replace("checked", "looks good"));

        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void sameKeyOnAnotherRouteIsRefused() {
        post(BODY);
        route = "/approvals/" + UUID.randomUUID() + "/decisions";

        assertThat(post(BODY).problem()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void keyOfSomebodyElseIsAnotherKey() {
        post(BODY);

        Answer admins = http.as(organization.member(Role.ADMIN))
                .with("Idempotency-Key", key)
                .post(route, BODY);

        assertThat(admins.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    @Claim("T1")
    void keyOfAnotherOrganizationIsAnotherKey() {
        post(BODY);
        TestOrganization other = TestOrganization.fresh();

        Answer elsewhere =
                http.as(other.member(Role.OWNER)).with("Idempotency-Key", key).post(route, BODY);

        assertThat(elsewhere.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void requestThatIsStillBeingWorkedOnIsNotRepeated() {
        post(BODY);
        inProgress();

        Answer second = post(BODY);

        assertThat(second.problem()).isEqualTo("request-in-progress");
        assertThat(second.status()).isEqualTo(409);
    }

    @Test
    void requestWhoseServerDiedMayBeRepeated() {
        post(BODY);
        inProgress();

        clock.advance(Duration.ofMinutes(6));

        assertThat(post(BODY).problem()).isEqualTo("no-such-approval");
    }

    @Test
    void answerIsForgottenAfterADay() {
        post(BODY);

        clock.advance(Duration.ofHours(25));

        assertThat(post(BODY).header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void keyThatIsNoKeyIsRefused() {
        key = "k".repeat(129);

        assertThat(post(BODY).problem()).isEqualTo("invalid-header");
    }

    @Test
    void keyDoesNotOpenAnotherOrganization() {
        TestOrganization other = TestOrganization.fresh();

        Answer answer = http.as(organization.member(Role.OWNER))
                .with("Idempotency-Key", key)
                .post("/api/v1/organizations/" + other.id() + route, BODY);

        assertThat(answer.problem()).isEqualTo("no-such-organization");
    }

    private void inProgress() {
        beyondTheWalls()
                .sql("UPDATE idempotency_key SET state = 'in-progress', status = NULL WHERE organization_id = ?")
                .param(organization.id().value())
                .update();
    }

    private Answer post(String body) {
        return http.as(organization.member(Role.OWNER))
                .with("Idempotency-Key", key)
                .post(route, body);
    }
}
