package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.Turns.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Four requests at once, and three of one organization may wait. */
class TurnsTest {
    private static final OrganizationId BUSY = new OrganizationId(new UUID(0, 1));
    private static final OrganizationId QUIET = new OrganizationId(new UUID(0, 2));
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AtomicLong nanoTime = new AtomicLong();
    private final Turns turns = new Turns(new ApiConfig(DataSize.ofMegabytes(1), 1, 1, 1, 4, 3), nanoTime::get);
    private final List<Thread> waiting = new ArrayList<>();
    private final BlockingQueue<Turn> came = new LinkedBlockingQueue<>();

    @AfterEach
    void endWhoStillWaits() {
        waiting.forEach(Thread::interrupt);
    }

    @Test
    void oneOrganizationAloneHasEverything() {
        List<Turn> taken = take(BUSY, 4);

        wait(BUSY);

        assertThat(came).isEmpty();
        taken.getFirst().close();
        assertThat(next()).isNotNull();
    }

    @Test
    void whoComesNewIsNotBehindTheOthers() {
        take(BUSY, 4);
        wait(BUSY);
        wait(BUSY);

        assertThat(take(QUIET, 2)).hasSize(2);
    }

    @Test
    void whoHadEverythingSharesAsTurnsEnd() throws InterruptedException {
        List<Turn> taken = take(BUSY, 4);
        wait(BUSY);
        wait(BUSY);
        take(QUIET, 1);

        taken.get(0).close();
        taken.get(1).close();
        assertThat(came.poll(50, TimeUnit.MILLISECONDS)).isNull();

        taken.get(2).close();
        assertThat(next()).isNotNull();
        assertThat(came).isEmpty();
    }

    @Test
    void whoHasNotAskedForAWhileTakesNoShare() {
        take(QUIET, 1).forEach(Turn::close);
        List<Turn> taken = take(BUSY, 2);
        wait(BUSY);

        nanoTime.addAndGet(Duration.ofMillis(101).toNanos());
        taken.getFirst().close();

        assertThat(next()).isNotNull();
        assertThat(take(BUSY, 2)).hasSize(2);
    }

    @Test
    void requestThatLastsKeepsItsShare() {
        take(QUIET, 1);
        take(BUSY, 2);

        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        wait(BUSY);

        assertThat(came).isEmpty();
    }

    @Test
    void thereIsATurnForEverybody() {
        for (int i = 0; i < 100; i++) {
            assertThat(take(new OrganizationId(UUID.randomUUID()), 1)).hasSize(1);
        }
    }

    @Test
    void queueOfOneOrganizationIsBoundedAndKeepsNobodyElseAway() {
        take(BUSY, 4);
        wait(BUSY);
        wait(BUSY);
        wait(BUSY);

        assertThatThrownBy(() -> turns.take(BUSY)).isInstanceOf(RateLimited.class);
        assertThat(take(QUIET, 1)).hasSize(1);
    }

    /** After a cut all of them come back at once, and people go on working. */
    @Test
    void agentsKeepNoneOfTheirOrganizationsPeopleWaiting() {
        List<Turn> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(turns.takeForAgent(BUSY));
        }
        for (int i = 0; i < 10; i++) {
            wait(() -> turns.takeForAgent(BUSY));
        }

        assertThat(take(BUSY, 4)).hasSize(4);
        assertThat(came).isEmpty();
        taken.forEach(Turn::close);
        assertThat(next()).isNotNull();
    }

    /** Thousands ask whether there is something; what there is does not stand behind them. */
    @Test
    void deliveryIsBeforeAllAgentsThatOnlyAsk() {
        List<Turn> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(turns.takeForAgent(BUSY));
        }
        var asking = new LinkedBlockingQueue<Turn>();
        wait(() -> {
            Turn turn = turns.takeForAgent(BUSY);
            asking.add(turn);
            return turn;
        });
        wait(() -> turns.takeForDelivery(BUSY));

        taken.getFirst().close();

        assertThat(next()).isNotNull();
        assertThat(asking).isEmpty();
    }

    @Test
    void whoGivesUpLeavesTheQueue() throws InterruptedException {
        List<Turn> taken = take(BUSY, 4);
        wait(BUSY);
        waiting.getFirst().interrupt();
        waiting.getFirst().join(PATIENCE);

        taken.getFirst().close();

        assertThat(came).isEmpty();
        assertThat(take(BUSY, 1)).hasSize(1);
    }

    @Test
    void turnEndsOnce() {
        List<Turn> taken = take(BUSY, 4);
        taken.getFirst().close();
        taken.getFirst().close();
        take(BUSY, 1);

        wait(BUSY);

        assertThat(came).isEmpty();
    }

    private List<Turn> take(OrganizationId organization, int count) {
        List<Turn> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(turns.take(organization));
        }
        return taken;
    }

    /** Somebody asks, and stands in the queue when this returns. */
    private void wait(OrganizationId organization) {
        wait(() -> turns.take(organization));
    }

    private void wait(Supplier<Turn> taking) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                came.add(taking.get());
            } catch (RateLimited _) {
                // Interrupted at the end of the test.
            }
        });
        waiting.add(thread);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("still %s", thread.getState()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Turn next() {
        try {
            Turn turn = came.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(turn).isNotNull();
            return java.util.Objects.requireNonNull(turn);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
