package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two owners are left, and both go at the same moment. Run once, this misses the bug more often than it finds it. */
@ServerTest
class LastOwnerRaceTest {
    @Autowired
    TestHttp http;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    private TestOrganization organization = TestOrganization.fresh();

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private TestMember first;

    @SuppressWarnings("NullAway.Init")
    private TestMember second;

    @BeforeEach
    void givenTwoOwners() {
        organization = TestOrganization.fresh();
        first = organization.member(Role.OWNER);
        second = organization.enrol("second", Role.OWNER);
    }

    @RepeatedTest(20)
    @Claim("T5")
    void bothStepDown() {
        List<String> answers = atOnce(() -> demote(first, first), () -> demote(second, second));

        assertThat(answers).containsExactlyInAnyOrder("changed", "last-owner");
        assertThat(activeOwners()).isEqualTo(1);
    }

    @RepeatedTest(20)
    @Claim("T5")
    void eachDemotesTheOther() {
        List<String> answers = atOnce(() -> demote(first, second), () -> demote(second, first));

        assertThat(answers).containsExactlyInAnyOrder("changed", "owner-protected");
        assertThat(activeOwners()).isEqualTo(1);
    }

    /** The second one is admitted before, or not any more: their membership ended a moment ago. */
    @RepeatedTest(10)
    @Claim("T5")
    void eachSuspendsTheOther() {
        List<String> answers = atOnce(() -> suspend(first, second), () -> suspend(second, first));

        assertThat(answers).hasSize(2).containsOnlyOnce("changed");
        assertThat(answers).isSubsetOf("changed", "not-permitted", "not-a-member", "no-such-organization");
        assertThat(activeOwners()).isEqualTo(1);
    }

    @RepeatedTest(20)
    @Claim("T5")
    void bothStepDownByHand() {
        List<String> answers = atOnce(() -> byHand(first, first), () -> byHand(second, second));

        assertThat(answers).containsExactlyInAnyOrder("changed", "refused");
        assertThat(activeOwners()).isEqualTo(1);
    }

    @RepeatedTest(20)
    @Claim("T5")
    void eachDemotesTheOtherByHand() {
        List<String> answers = atOnce(() -> byHand(first, second), () -> byHand(second, first));

        assertThat(answers).containsExactlyInAnyOrder("changed", "refused");
        assertThat(activeOwners()).isEqualTo(1);
    }

    private String demote(TestMember actor, TestMember member) {
        return change(actor, member, "{'role':'admin'}");
    }

    private String suspend(TestMember actor, TestMember member) {
        return change(actor, member, "{'state':'suspended'}");
    }

    private String change(TestMember actor, TestMember member, String body) {
        TestHttp.Answer answer = http.as(actor).with("If-Match", "\"1\"").patch("/members/" + member.id(), body);
        return answer.status() == 200 ? "changed" : answer.problem();
    }

    private String byHand(TestMember actor, TestMember member) {
        try {
            scope.run(
                    organization.id(),
                    organization.caller(doorkeeper, actor),
                    () -> server.sql("UPDATE member SET role = 'admin', version = version + 1 WHERE member_id = ?")
                            .param(member.id().value())
                            .update());
            return "changed";
        } catch (DataAccessException _) {
            return "refused";
        }
    }

    private static List<String> atOnce(Callable<String> one, Callable<String> other) {
        var start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<String>> running = Stream.of(one, other)
                    .map(call -> threads.submit(() -> {
                        start.await(30, SECONDS);
                        return call.call();
                    }))
                    .toList();
            return List.of(
                    running.getFirst().get(30, SECONDS), running.getLast().get(30, SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private int activeOwners() {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM member WHERE organization_id = ? AND role = 'owner' AND state = 'active'")
                .param(organization.id().value())
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
