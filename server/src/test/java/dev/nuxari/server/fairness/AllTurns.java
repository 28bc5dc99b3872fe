package dev.nuxari.server.fairness;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** All turns of an organization, its people's and its agents', until it is closed. */
public final class AllTurns implements AutoCloseable {
    /** More than it has; whoever comes later stands behind them. */
    private static final int EACH = 4;

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** Takes them. */
    public AllTurns(Turns turns, OrganizationId organization) throws InterruptedException {
        take(turns::take, organization);
        take(turns::takeForAgent, organization);
    }

    private void take(Function<OrganizationId, Turns.Turn> turn, OrganizationId organization)
            throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        for (int i = 0; i < EACH; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (Turns.Turn _ = turn.apply(organization)) {
                    first.countDown();
                    end.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        first.await();
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
