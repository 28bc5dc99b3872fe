package dev.nuxari.server.api;

import dev.nuxari.server.api.Turns.Turn;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Tells tokens that this node has let in before from all others. A token names an organization, and anybody can write one down: if looking
 * it up took a turn of that organization, outsiders could have all its turns. So the look-ups of strangers share a few places of their own,
 * and wait for nobody but each other. Being known admits nobody: it only says whose turn a request takes while it is looked up.
 */
@Component
public class Strangers {
    /** How many of them are looked up at the same time. */
    public static final int AT_ONCE = 2;

    /** How many more of them may wait for that. */
    public static final int MOST_WAITING = 5_000;

    /** Less than the half of a minute after which agents hang up: sent away after a restart, all of them would come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
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

    /**
     * Somebody who was let in.
     *
     * @param turn the organization's, held for them; whoever serves them closes it
     */
    public record Guest<T>(T who, Turn turn) {}

    /**
     * Looks somebody up: in a turn of their organization if they were let in before, and otherwise in a place of the strangers.
     *
     * @param token stands for what they show, such as a hash of it; of all kinds of tokens no two have the same
     * @param look finds out who they are; empty if what they show opens nothing
     * @param turn takes the turn
     * @return empty if what they show opens nothing
     * @throws RateLimited if too many strangers wait, or too many of their organization's requests
     */
    public <T> Optional<Guest<T>> admit(String token, Supplier<Optional<T>> look, Supplier<Turn> turn) {
        if (known.contains(token)) {
            return again(token, look, turn);
        }
        Optional<T> found = inTheirPlace(look);
        found.ifPresent(_ -> known.add(token));
        return found.map(who -> new Guest<>(who, turn.get()));
    }

    private <T> Optional<Guest<T>> again(String token, Supplier<Optional<T>> look, Supplier<Turn> turn) {
        Turn taken = turn.get();
        Optional<T> found = Optional.empty();
        try {
            found = look.get();
            return found.map(who -> new Guest<>(who, taken));
        } finally {
            if (found.isEmpty()) {
                known.remove(token);
                taken.close();
            }
        }
    }

    /** How many have a place, or wait for one. */
    public int present() {
        return AT_ONCE - places.availablePermits() + places.getQueueLength();
    }

    private <T> Optional<T> inTheirPlace(Supplier<Optional<T>> look) {
        if (places.getQueueLength() >= MOST_WAITING || !hasPlace()) {
            throw new RateLimited("Those who are new here", RETRY_AFTER);
        }
        try {
            return look.get();
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
