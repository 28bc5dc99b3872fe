package dev.nuxari.server.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionSystemException;

/** Nothing of one organization lasts for ever, or is without bounds. The server under test is less patient than a real one. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.hikari.data-source-properties.options=-c statement_timeout=400ms"
                    + " -c transaction_timeout=1500ms -c idle_in_transaction_session_timeout=700ms",
            "nuxari.api.organization-rate=20",
            "nuxari.api.requests-waiting=8"
        })
class LimitsHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    OrganizationScope scope;

    @Autowired
    OrganizationJdbc jdbc;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.fresh();
    private TestOrganization other = TestOrganization.fresh();

    @BeforeEach
    void givenTwoOrganizations() {
        organization = TestOrganization.fresh();
        other = TestOrganization.fresh();
    }

    @Test
    void runawayStatementIsStoppedWhileOthersGoOn() {
        CompletableFuture<Void> runaway = CompletableFuture.runAsync(() -> sleeping(30));

        while (!runaway.isDone()) {
            assertThat(http.as(other.member(Role.OWNER)).get("/members").status())
                    .isIn(200, 429);
        }

        assertThatThrownBy(runaway::join).hasCauseInstanceOf(QueryTimeoutException.class);
    }

    @Test
    void whoAskedForTooMuchIsTold() {
        try (BusyOrganization busy = new BusyOrganization(http)) {
            Answer stopped = busy.ask(1).getFirst().join();

            assertThat(stopped.problem()).isEqualTo("took-too-long");
            assertThat(stopped.status()).isEqualTo(503);
            assertThat(stopped.header("Retry-After")).isPresent();
        }
    }

    @Test
    void transactionOfManyShortStatementsEndsToo() {
        TransactionSystemException ended = catchThrowableOfType(
                TransactionSystemException.class,
                () -> scope.run(organization.id(), owner(), () -> {
                    for (int i = 0; i < 100; i++) {
                        sleepingWithin(0.1);
                    }
                }));

        assertThat(ended.getApplicationException())
                .rootCause()
                .hasMessageContaining("terminating connection due to transaction timeout");
        assertThat(http.as(organization.member(Role.OWNER)).get("/members").status())
                .isEqualTo(200);
    }

    @Test
    void requestsBeyondTheQueueAreRefusedAndOthersAreNot() {
        try (BusyOrganization busy = new BusyOrganization(http)) {
            List<CompletableFuture<Answer>> asked = busy.ask(40);
            Patience.until("somebody is refused", () -> asked.stream().anyMatch(CompletableFuture::isDone));

            assertThat(http.as(other.member(Role.OWNER)).get("/members").status())
                    .isEqualTo(200);
            assertThat(asked)
                    .map(CompletableFuture::join)
                    .filteredOn(answer -> answer.status() == 429)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(refused -> {
                        assertThat(refused.problem()).isEqualTo("rate-limited");
                        assertThat(refused.header("Retry-After")).isPresent();
                    });
        }
    }

    @Test
    void rateOfOneOrganizationIsNotTheRateOfAnother() {
        TestHttp.Session busy = http.as(organization.member(Role.OWNER));
        List<Answer> answers;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> asked = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> busy.get("/members"), clients))
                    .limit(200)
                    .toList();
            answers = asked.stream().map(CompletableFuture::join).toList();
        }
        Answer elsewhere = http.as(other.member(Role.OWNER)).get("/members");

        assertThat(answers).extracting(Answer::status).contains(200, 429).containsOnly(200, 429);
        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(elsewhere.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("rate"));
    }

    private Caller owner() {
        return organization.caller(doorkeeper, Role.OWNER);
    }

    private void sleeping(double seconds) {
        scope.run(organization.id(), owner(), () -> sleepingWithin(seconds));
    }

    private List<String> sleepingWithin(double seconds) {
        return jdbc.sql("SELECT pg_sleep(:seconds)::text FROM organization WHERE organization_id = :organizationId")
                .param("seconds", seconds)
                .list((row, _) -> row.getString(1));
    }
}
