package dev.nuxari.server.fairness;

import dev.nuxari.server.api.Strangers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** So many strangers who have the places, or wait for one, until it is closed. */
public final class Crowd implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** Comes, and is there when this returns. */
    public Crowd(Strangers strangers, int size) {
        for (int i = 0; i < size; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> strangers.admit(UUID.randomUUID().toString(), this::stay, () -> {
                        throw new AssertionError("nobody was let in");
                    })));
        }
        Patience.until("the crowd is there", () -> strangers.present() == size);
    }

    private Optional<String> stay() {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
