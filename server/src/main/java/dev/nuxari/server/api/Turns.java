package dev.nuxari.server.api;

import dev.nuxari.kernel.OrganizationId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whose requests are worked on now. So many at once are shared evenly among the organizations that ask at the moment; what an
 * organization asks beyond its share waits in a queue of its own, so that it keeps nobody else waiting.
 *
 * <p>One organization alone has everything. One that comes new is never behind the others: it has a turn of its own at once. The agents of
 * all organizations share as many turns among themselves, apart from people: when all of them come back at once, people go on working,
 * and when people work, agents are let in as fast.
 */
@Component
public class Turns {
    /** Who has not asked for this long takes no share any more. */
    private static final Duration ASKING = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** All that one node has: sent away, they would come again, and that costs more than letting them stand. */
    private static final int AGENTS_WAITING = 20_000;

    /** Less than the half of a minute after which they hang up. */
    private static final Duration AGENTS_PATIENCE = Duration.ofSeconds(25);

    /** The one that asked longest ago comes first. */
    private final Map<Asker, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);

    private final ReentrantLock lock = new ReentrantLock();
    private final int atOnce;
    private final int waiting;
    private final LongSupplier nanoTime;

    @Autowired
    Turns(ApiConfig config) {
        this(config, System::nanoTime);
    }

    Turns(ApiConfig config, LongSupplier nanoTime) {
        this.atOnce = config.requestsAtOnce();
        this.waiting = config.requestsWaiting();
        this.nanoTime = nanoTime;
    }

    /** The right of one request to be worked on, until it is closed. Closing it twice is closing it once. */
    public final class Turn implements AutoCloseable {
        private final Asker asker;
        private boolean over;

        private Turn(Asker asker) {
            this.asker = asker;
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                end(asker);
            }
        }
    }

    /** Who has a queue of their own. */
    private record Asker(OrganizationId organization, boolean agents) {
        Duration patience() {
            return agents ? AGENTS_PATIENCE : PATIENCE;
        }
    }

    private static final class Lane {
        private final Deque<CountDownLatch> queue = new ArrayDeque<>();
        private int running;
        private long askedAt;
    }

    /**
     * Waits for the organization's turn. Whoever takes one while holding one may wait for themselves.
     *
     * @throws RateLimited if too many of its requests wait already, or the turn does not come
     */
    public Turn take(OrganizationId organization) {
        return take(new Asker(organization, false), waiting, Deque::addLast);
    }

    /** The same for one of the organization's agents. */
    public Turn takeForAgent(OrganizationId organization) {
        return take(new Asker(organization, true), AGENTS_WAITING, Deque::addLast);
    }

    /** The same where something waits for the agent: before all that only ask whether there is something. */
    public Turn takeForDelivery(OrganizationId organization) {
        return take(new Asker(organization, true), AGENTS_WAITING, Deque::addFirst);
    }

    private Turn take(Asker asker, int most, BiConsumer<Deque<CountDownLatch>, CountDownLatch> stand) {
        CountDownLatch called = new CountDownLatch(1);
        lock.lock();
        try {
            Lane lane = asking(asker);
            if (lane.queue.isEmpty() && lane.running < share(asker)) {
                lane.running++;
                return new Turn(asker);
            }
            if (lane.queue.size() >= most) {
                throw crowded();
            }
            stand.accept(lane.queue, called);
        } finally {
            lock.unlock();
        }
        await(asker, called);
        return new Turn(asker);
    }

    private void await(Asker asker, CountDownLatch called) {
        boolean came = false;
        try {
            came = called.await(asker.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!came && gaveUp(asker, called)) {
            throw crowded();
        }
    }

    /** Answers false if the turn has come at the last moment. */
    private boolean gaveUp(Asker asker, CountDownLatch called) {
        lock.lock();
        try {
            return asking(asker).queue.remove(called);
        } finally {
            lock.unlock();
        }
    }

    private void end(Asker asker) {
        lock.lock();
        try {
            Lane lane = asking(asker);
            lane.running--;
            int share = share(asker);
            while (lane.running < share && !lane.queue.isEmpty()) {
                lane.running++;
                lane.queue.remove().countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The idle go first: whoever asks is there until the lock is released, however long this thread is held up. */
    private Lane asking(Asker asker) {
        long now = nanoTime.getAsLong();
        forgetTheIdle(now);
        Lane lane = lanes.computeIfAbsent(asker, _ -> new Lane());
        lane.askedAt = now;
        return lane;
    }

    private int share(Asker asker) {
        long sharing = lanes.keySet().stream()
                .filter(other -> other.agents() == asker.agents())
                .count();
        return (int) Math.max(1, atOnce / sharing);
    }

    /** Those with a request in work stay, however long that takes. */
    private void forgetTheIdle(long now) {
        long idleSince = now - ASKING.toNanos();
        Iterator<Lane> oldestFirst = lanes.values().iterator();
        while (oldestFirst.hasNext()) {
            Lane lane = oldestFirst.next();
            if (lane.askedAt - idleSince > 0) {
                return;
            }
            if (lane.running == 0) {
                oldestFirst.remove();
            }
        }
    }

    private static RateLimited crowded() {
        return new RateLimited("Your organization", RETRY_AFTER);
    }
}
