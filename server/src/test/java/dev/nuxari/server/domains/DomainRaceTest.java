package dev.nuxari.server.domains;

import static dev.nuxari.server.domains.DomainGround.unused;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked for twice at the same moment happens once. Run once, this misses the bug more often than it finds it. */
@ServerTest
@Claim({"I1", "T4"})
class DomainRaceTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @RepeatedTest(20)
    void twoOrganizationsVerifyOneDomain() {
        String name = unused();
        DomainGround first = DomainGround.fresh(http, clock);
        DomainGround second = DomainGround.fresh(http, clock);
        Json.Obj ofFirst = first.added(name);
        Json.Obj ofSecond = second.added(name);
        TestDns.instance()
                .txt(
                        "_nuxari-challenge." + name,
                        ofFirst.object("record").string("value"),
                        ofSecond.object("record").string("value"));

        List<String> outcomes = atOnce(List.of(
                () -> first.checkedNow(ofFirst).json().string("outcome"),
                () -> second.checkedNow(ofSecond).json().string("outcome")));

        assertThat(outcomes).containsExactlyInAnyOrder("found", "held-elsewhere");
        assertThat(verified(name)).isEqualTo(1);
    }

    @RepeatedTest(10)
    void oneTurnIsTakenOnce() {
        String name = unused();
        DomainGround ground = DomainGround.fresh(http, clock);
        Json.Obj domain = ground.added(name);

        List<String> answers = atOnce(List.of(
                () -> ground.checkedNow(domain).problem(),
                () -> ground.checkedNow(domain).problem()));

        assertThat(answers).hasSize(2).containsOnlyOnce("domain-checked-too-soon");
        assertThat(TestDns.instance().asked())
                .filteredOn(asked -> asked.contains(name))
                .hasSize(1);
    }

    @RepeatedTest(20)
    void hundredthDomainIsAddedOnce() {
        DomainGround ground = DomainGround.fresh(http, clock);
        IntStream.range(0, 99)
                .forEach(_ -> beyondTheWalls()
                        .sql("""
                INSERT INTO organization_domain (organization_id, domain_id, domain, token, state, added_at, next_check_at)
                VALUES (?, gen_random_uuid(), ?, ?, 'pending', now(), now())
                """)
                        .params(ground.organization().id().value(), unused(), "0".repeat(32))
                        .update());
        TestHttp.Session owner = ground.as(Role.OWNER);

        List<String> answers = atOnce(List.of(
                () -> owner.post("/domains", "{'domain': '" + unused() + "'}").problem(),
                () -> owner.post("/domains", "{'domain': '" + unused() + "'}").problem()));

        assertThat(answers).hasSize(2).containsOnlyOnce("too-many-domains");
    }

    private static int verified(String name) {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM organization_domain WHERE domain = ? AND state = 'verified'")
                .param(name)
                .query((row, _) -> row.getInt(1))
                .single();
    }

    private static List<String> atOnce(List<Callable<String>> calls) {
        var start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Future<String>> running = new ArrayList<>();
            for (Callable<String> call : calls) {
                running.add(threads.submit(() -> {
                    start.await(30, SECONDS);
                    return call.call();
                }));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> one : running) {
                answers.add(one.get(30, SECONDS));
            }
            return answers;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
