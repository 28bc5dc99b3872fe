package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Agents that wait for packages. Each is one virtual thread that sleeps, and costs the database nothing. It is woken by the server that signs a
 * package for it; what another server signs is looked for every few seconds, once for an organization and not for each agent.
 */
@Component
class WaitingAgents implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WaitingAgents.class);

    /** Of one node, whatever its memory. */
    private static final int MOST = 20_000;

    /** What the rest of a node needs of the heap, and what one agent does while it waits: measured with {@code ./nuxari bench agents}. */
    private static final long REST_BYTES = 256L << 20;

    private static final long PLACE_BYTES = 100_000;
    private static final int FEWEST = 500;
    private static final Duration SAID_EVERY = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final ConcurrentMap<OrganizationId, ConcurrentMap<AgentId, Place>> waiting = new ConcurrentHashMap<>();
    private final ConcurrentMap<AgentKey, Place> byKey = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> saidFull = new AtomicReference<>(Instant.EPOCH);

    /** Opens when it is to end; nothing where nobody looks. */
    private final AtomicReference<@Nullable CountDownLatch> looking = new AtomicReference<>();

    private final AgentDoor door;
    private final OrganizationScope scope;
    private final MessageStore messages;
    private final InstantSource clock;
    private final Limits limits;

    @Autowired
    WaitingAgents(AgentDoor door, OrganizationScope scope, MessageStore messages, InstantSource clock) {
        this(
                door,
                scope,
                messages,
                clock,
                new Limits(placesIn(Runtime.getRuntime().maxMemory()), LOOK_EVERY));
    }

    WaitingAgents(AgentDoor door, OrganizationScope scope, MessageStore messages, InstantSource clock, Limits limits) {
        this.door = door;
        this.scope = scope;
        this.messages = messages;
        this.clock = clock;
        this.limits = limits;
    }

    /** How many may wait, and how often it is looked for what other nodes have signed. */
    record Limits(int places, Duration lookEvery) {}

    /** A node that lets in more than its heap holds ends, and with it what all others wait for. */
    static int placesIn(long heapBytes) {
        return (int) Math.clamp((heapBytes - REST_BYTES) / PLACE_BYTES, FEWEST, MOST);
    }

    /** How waiting ended. */
    enum Ended {
        /** There is something for the agent. */
        CALLED,
        TIME_OVER,
        /** The agent has asked again, or the server stops. */
        NOBODY_WAITS
    }

    /** Where one agent waits, until it is closed. */
    final class Place implements AutoCloseable {
        private final OrganizationId organization;
        private final AgentId agent;
        private final AgentKey key;
        private final CountDownLatch called = new CountDownLatch(1);
        private volatile boolean isOver;

        private Place(AgentClient client) {
            this.organization = client.organization();
            this.agent = client.agent();
            this.key = client.key();
        }

        /** Until something ends it. */
        Ended await(Duration wait) {
            boolean came = false;
            try {
                came = called.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("{} was called: {}", agent, came);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            if (isOver) {
                return Ended.NOBODY_WAITS;
            }
            return came ? Ended.CALLED : Ended.TIME_OVER;
        }

        private void end() {
            isOver = true;
            called.countDown();
        }

        @Override
        public void close() {
            byKey.remove(key, this);
            waiting.computeIfPresent(organization, (_, agents) -> {
                agents.remove(agent, this);
                return agents.isEmpty() ? null : agents;
            });
        }
    }

    /**
     * A place for an agent, to be taken before it is looked whether there is something, so that nothing comes in between. One that waits
     * already goes: its connection is an old one.
     *
     * @return empty if no more can wait here
     */
    Optional<Place> take(AgentClient client) {
        if (!isRunning()) {
            return Optional.empty();
        }
        if (waiting() >= limits.places()) {
            sayFull();
            return Optional.empty();
        }
        var place = new Place(client);
        byKey.put(client.key(), place);
        waiting.compute(client.organization(), (_, agents) -> {
            ConcurrentMap<AgentId, Place> all = agents == null ? new ConcurrentHashMap<>() : agents;
            Place before = all.put(client.agent(), place);
            if (before != null) {
                before.end();
            }
            return all;
        });
        return Optional.of(place);
    }

    private void sayFull() {
        Instant now = clock.instant();
        Instant last = saidFull.get();
        if (last.plus(SAID_EVERY).isBefore(now) && saidFull.compareAndSet(last, now)) {
            log.warn(
                    "{} agents wait, as many as this heap holds. The others come again later and get their packages later:"
                            + " give the process more heap (-Xmx, some {} KB for each), or add a node",
                    limits.places(),
                    PLACE_BYTES / 1000);
        }
    }

    /**
     * Whoever has this key asks anew, so nobody reads what would be answered to the request before. Known before the new one has its turn: the
     * connections of both would not fit into the memory when all agents come back at once.
     */
    void end(AgentKey key) {
        Place place = byKey.get(key);
        if (place != null) {
            place.end();
        }
    }

    void call(OrganizationId organization, AgentId agent) {
        Place place =
                waiting.getOrDefault(organization, new ConcurrentHashMap<>()).get(agent);
        if (place != null) {
            place.called.countDown();
        }
    }

    int waiting() {
        return waiting.values().stream().mapToInt(Map::size).sum();
    }

    /** Nobody interrupts it: that would close the connection on which it asks. */
    private void look(CountDownLatch over) {
        try {
            while (!over.await(limits.lookEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                waiting.keySet().forEach(this::look);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that cannot be looked for, because it was suspended, keeps nobody else waiting. */
    private void look(OrganizationId organization) {
        try {
            Caller server = door.server(organization, Origin.SERVER);
            scope.reading(organization, server, () -> messages.waitedFor(clock.instant()))
                    .forEach(agent -> call(organization, agent));
        } catch (RuntimeException e) {
            log.warn("Could not look for packages of {}; trying again", organization, e);
        }
    }

    @Override
    public void start() {
        var over = new CountDownLatch(1);
        looking.set(over);
        Thread.ofVirtual().name("waiting-agents").start(() -> look(over));
    }

    /** Everybody is told to come again, so that their connections can be closed in good order; nothing is looked up for them. */
    @Override
    public void stop() {
        CountDownLatch over = looking.getAndSet(null);
        if (over != null) {
            over.countDown();
        }
        waiting.values().forEach(agents -> agents.values().forEach(Place::end));
    }

    @Override
    public boolean isRunning() {
        return looking.get() != null;
    }
}
