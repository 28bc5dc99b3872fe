package dev.nuxari.server.agents;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Tells agents that this node has let in before from everybody else. A token names an organization, and anybody can write one down: if looking
 * it up took a turn of that organization, outsiders could have all its turns. So the look-ups of strangers share a few places of their own,
 * and wait for nobody but each other. Being known admits nobody: it only says whose turn a request takes while it is looked up.
 */
@Component
class Strangers {
    static final int AT_ONCE = 2;
    static final int MOST_WAITING = 5_000;

    /** Less than the half of a minute after which agents hang up: sent away after a restart, all of them would come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_KNOWN = 50_000;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** The one that was here longest ago goes first. */
    private final Set<String> known =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST_KNOWN;
                }
            }));

    /** What is done with a request before its sender is known. */
    interface Look {
        void look();
    }

    boolean knows(String who) {
        return known.contains(who);
    }

    void remember(String who) {
        known.add(who);
    }

    void forget(String who) {
        known.remove(who);
    }

    /** How many have a place, or wait for one. */
    int present() {
        return AT_ONCE - places.availablePermits() + places.getQueueLength();
    }

    /** Looks when there is a place. Answers false, and does not, if too many wait for one. */
    boolean inTheirPlace(Look look) {
        if (places.getQueueLength() >= MOST_WAITING || !hasPlace()) {
            return false;
        }
        try {
            look.look();
            return true;
        } finally {
            places.release();
        }
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
