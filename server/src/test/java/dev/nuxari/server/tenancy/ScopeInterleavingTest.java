package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Thousands of scopes of several organizations, in virtual threads, on three connections: they end well, or are rolled back,
 * fail, or lose their connection, and each reads its own organization's rows and no other.
 */
@ServerTest
@Claim({"T1", "T4"})
class ScopeInterleavingTest {
    private static final int ORGANIZATIONS = 6;
    private static final int THREADS = 48;
    private static final int SCOPES_EACH = 60;

    @Autowired
    Doorkeeper doorkeeper;

    private FewConnections connections = FewConnections.plain(1);
    private List<Place> places = List.of();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();

    /** An organization and two who work there. */
    private record Place(OrganizationId organization, Caller member, Caller system) {}

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void severalOrganizationsAndFewConnections() {
        connections.close();
        connections = FewConnections.plain(3);
        places = Stream.generate(TestOrganization::fresh)
                .limit(ORGANIZATIONS)
                .map(organization -> new Place(
                        organization.id(),
                        organization.caller(doorkeeper, Role.ADMIN),
                        doorkeeper.admitSystem(organization.id(), "timer")))
                .toList();
    }

    @AfterEach
    void noConnections() {
        connections.close();
    }

    @Test
    void everyScopeReadsItsOwnRowsHoweverTheOthersEnd() throws Exception {
        long seed = new Random().nextLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> work(thread, new Random(seed + thread))))
                    .toList();
            for (Future<?> one : running) {
                finished(one, seed);
            }
        }

        assertThat(readings).hasValueGreaterThan(THREADS * SCOPES_EACH);
        assertThat(rollbacks).hasValueGreaterThan(100);
        assertThat(kills).hasValue(THREADS / 3);
    }

    private static void finished(Future<?> one, long seed) throws InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new AssertionError("with seed " + seed, e.getCause());
        }
    }

    private void work(int thread, Random random) {
        for (int i = 0; i < SCOPES_EACH; i++) {
            Place place = places.get(random.nextInt(ORGANIZATIONS));
            Caller caller = random.nextBoolean() ? place.member() : place.system();
            if (i == thread && thread % 3 == 0) {
                loseTheConnection(place, caller);
            } else if (random.nextInt(4) == 0) {
                rollBack(place, caller, random);
            } else if (random.nextInt(3) == 0) {
                connections.reading(place.organization(), caller, () -> reading(place));
            } else {
                connections.within(place.organization(), caller, () -> readings(place, caller, random, 0));
            }
            nothingIsOpen();
        }
    }

    private void rollBack(Place place, Caller caller, Random random) {
        assertThatThrownBy(() -> connections.within(place.organization(), caller, () -> {
                    readings(place, caller, random, 0);
                    if (random.nextBoolean()) {
                        // The transaction is then aborted, and nothing is read in it any more.
                        assertThatThrownBy(() -> connections
                                        .unguarded()
                                        .sql("SELECT 1 / 0")
                                        .query(Integer.class)
                                        .single())
                                .isInstanceOf(DataAccessException.class);
                        assertThatThrownBy(this::everyone).isInstanceOf(DataAccessException.class);
                    }
                    throw new RolledBack();
                }))
                .isInstanceOf(RolledBack.class);
        rollbacks.incrementAndGet();
    }

    private void loseTheConnection(Place place, Caller caller) {
        assertThatThrownBy(() -> connections.within(place.organization(), caller, () -> {
                    assertThat(own()).containsOnly(place.organization());
                    int backend = connections
                            .unguarded()
                            .sql("SELECT pg_backend_pid()")
                            .query((row, _) -> row.getInt(1))
                            .single();
                    assertThat(beyondTheWalls()
                                    .sql("SELECT pg_terminate_backend(?, 30000)")
                                    .param(backend)
                                    .query((row, _) -> row.getBoolean(1))
                                    .single())
                            .isTrue();
                    return everyone();
                }))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        kills.incrementAndGet();
    }

    /** Reads with the guard and without, on different depths, and tries to take the scope somewhere else. */
    private List<OrganizationId> readings(Place place, Caller caller, Random random, int depth) {
        assertThat(own()).containsOnly(place.organization());
        assertThat(everyone()).containsOnly(place.organization());
        readings.addAndGet(2);
        if (depth < 3 && random.nextInt(3) == 0) {
            connections.within(place.organization(), caller, () -> readings(place, caller, random, depth + 1));
        }
        if (random.nextInt(5) == 0) {
            Place other = places.get((places.indexOf(place) + 1) % ORGANIZATIONS);
            assertThatIllegalStateException()
                    .isThrownBy(() -> connections.within(other.organization(), other.member(), this::own));
        }
        if (random.nextInt(5) == 0) {
            assertThat(CompletableFuture.supplyAsync(() -> refusal(this::own)).join())
                    .isEqualTo("no organization scope is open");
        }
        return own();
    }

    /** Each statement has a door of its own, and what was not made for the scope has none. */
    private List<OrganizationId> reading(Place place) {
        assertThat(own()).containsOnly(place.organization());
        assertThat(refusal(this::everyone)).contains("no organization scope is open");
        readings.incrementAndGet();
        return List.of();
    }

    private void nothingIsOpen() {
        assertThat(refusal(this::own)).isEqualTo("no organization scope is open");
        assertThat(refusal(this::everyone)).contains("no organization scope is open");
    }

    private List<OrganizationId> own() {
        return connections
                .jdbc()
                .sql("SELECT organization_id FROM member WHERE organization_id = :organizationId")
                .list((row, _) -> new OrganizationId(row.getObject(1, UUID.class)));
    }

    private List<OrganizationId> everyone() {
        return connections
                .unguarded()
                .sql("SELECT organization_id FROM member")
                .query((row, _) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list();
    }

    private static String refusal(Supplier<?> work) {
        try {
            return "it was answered: " + work.get();
        } catch (DataAccessException e) {
            return String.valueOf(e.getMostSpecificCause().getMessage());
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
