package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nuxari.kernel.Claim;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.agents.WaitingAgents.Ended;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Packages that another node has made: nobody calls here, and they are found all the same. */
@ServerTest
@Claim("E3")
class WaitingAgentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    OrganizationScope scope;

    @Autowired
    AgentDoor door;

    @Autowired
    MessageStore messages;

    @Autowired
    WaitingAgents waiting;

    @SuppressWarnings("NullAway.Init")
    private WaitingAgents other;

    @BeforeEach
    void givenAnotherNode() {
        other = new WaitingAgents(door, scope, messages, clock, new WaitingAgents.Limits(100, Duration.ofMillis(200)));
        other.start();
    }

    @AfterEach
    void stop() {
        other.stop();
        clock.reset();
    }

    private AgentGround ground() {
        return new AgentGround(http, clock, TestOrganization.fresh());
    }

    private CompletableFuture<Ended> waits(AgentGround ground, Host host) {
        WaitingAgents.Place place = other.take(ground.client(doorkeeper, host)).orElseThrow();
        return inBackground(() -> place.await(PATIENCE.multipliedBy(3)));
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> waiting) {
        return CompletableFuture.supplyAsync(waiting, task -> Thread.ofVirtual().start(task));
    }

    @Test
    void whatAnotherNodeHasSignedIsFound() {
        AgentGround ground = ground();
        Host host = ground.enrolled();
        Host colleague = ground.enrolled("db2");
        CompletableFuture<Ended> called = waits(ground, host);
        CompletableFuture<Ended> bystander = waits(ground, colleague);

        ground.granted(host);

        assertThat(called).succeedsWithin(PATIENCE).isEqualTo(Ended.CALLED);
        assertThat(bystander).as("nothing is there for it").isNotDone();
    }

    /** Whatever the order in which they are looked for: after the first package was found, somebody looked for all of them. */
    @Test
    void suspendedOrganizationKeepsNobodyElseWaiting() {
        AgentGround suspended = ground();
        CompletableFuture<Ended> nobody = waits(suspended, suspended.enrolled());
        beyondTheWalls()
                .sql("UPDATE organization SET state = 'suspended' WHERE organization_id = ?")
                .param(suspended.organization().id().value())
                .update();

        for (int i = 0; i < 3; i++) {
            AgentGround ground = ground();
            Host host = ground.enrolled();
            CompletableFuture<Ended> called = waits(ground, host);
            ground.granted(host);

            assertThat(called).as("package %d", i + 1).succeedsWithin(PATIENCE).isEqualTo(Ended.CALLED);
        }
        assertThat(nobody).isNotDone();
    }

    /** The real room, over HTTP. The package becomes due by nobody's doing: the word that it was rejected is gone. */
    @Test
    void packageThatNobodyCallsForIsHandedToWhoWaits() {
        AgentGround ground = ground();
        Host host = ground.enrolled();
        ground.granted(host);
        Delivery delivery = delivery(host.packages(60, 0));
        host.receipts(host.receipt(1, delivery.hash(), null, Ending.rejected(Rejection.NOT_ALLOWED)));
        int before = waiting.waiting();
        CompletableFuture<Answer> answer = inBackground(() -> host.packages(60, 0));
        await().atMost(PATIENCE).until(() -> waiting.waiting() > before);
        assertThat(answer).isNotDone();

        AgentStatements.beyondTheTriggers(List.of("DELETE FROM agent_receipt WHERE agent_id = '" + host.id() + "'"));

        assertThat(answer).succeedsWithin(PATIENCE);
        assertThat(delivery(answer.join()).hash()).isEqualTo(delivery.hash());
    }

    private static Delivery delivery(Answer answer) {
        var first = answer.json().objects("deliveries").getFirst();
        return new Delivery(first.object("package"), first.strings("inclusionProof"));
    }
}
