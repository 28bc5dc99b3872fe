package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A statement is run in the scope it was made for, by the thread that opened it and while it is open; or not at all. */
@ServerTest
@Claim("T1")
class ScopeHandOverTest {
    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    OrganizationScope scope;

    @Autowired
    OrganizationJdbc jdbc;

    @Autowired
    JdbcClient unguarded;

    private TestOrganization acme = TestOrganization.fresh();
    private TestOrganization globex = TestOrganization.fresh();

    @BeforeEach
    void twoOrganizations() {
        acme = TestOrganization.fresh();
        globex = TestOrganization.fresh();
    }

    @Test
    void scopeReadsItsOwn() {
        assertThat(within(acme, this::members)).containsOnly(acme.id());
        assertThat(within(globex, this::members)).containsOnly(globex.id());
    }

    @Test
    void withoutAScopeThereIsNoStatement() {
        assertThatIllegalStateException().isThrownBy(this::members).withMessage("no organization scope is open");
    }

    @Test
    void afterAScopeThereIsNoStatement() {
        within(acme, this::members);
        assertThatThrownBy(() -> within(acme, () -> {
                    throw new IllegalArgumentException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThatIllegalStateException().isThrownBy(this::members).withMessage("no organization scope is open");
    }

    @Test
    void statementIsOfNoUseInAnotherScope() {
        OrganizationJdbc.Statement acmes = within(acme, this::statement);

        assertThatIllegalStateException()
                .isThrownBy(() -> within(globex, () -> read(acmes)))
                .withMessage("the statement was made for another scope");
        assertThatIllegalStateException()
                .isThrownBy(() -> within(acme, () -> read(acmes)))
                .withMessage("the statement was made for another scope");
        assertThatIllegalStateException()
                .isThrownBy(() -> within(acme, () -> acmes.update()))
                .withMessage("the statement was made for another scope");
        assertThatIllegalStateException().isThrownBy(() -> read(acmes)).withMessage("no organization scope is open");
    }

    @Test
    void openScopeIsNotJoinedForAnotherOrganization() {
        Caller alice = acme.caller(doorkeeper, Role.ADMIN);
        Caller bob = globex.caller(doorkeeper, Role.ADMIN);
        Caller carol = acme.caller(doorkeeper, Role.AUDITOR);

        assertThatIllegalStateException()
                .isThrownBy(() -> scope.within(acme.id(), alice, () -> scope.within(globex.id(), bob, this::members)));
        assertThatIllegalStateException()
                .isThrownBy(() -> scope.within(acme.id(), alice, () -> scope.within(acme.id(), carol, this::members)));
        assertThat(scope.within(acme.id(), alice, () -> scope.within(acme.id(), alice, this::members)))
                .containsOnly(acme.id());
    }

    @Test
    void transactionSettingThatIsMissingIsAnError() {
        assertThatThrownBy(() -> unguarded
                        .sql("SELECT organization_id FROM member")
                        .query(UUID.class)
                        .list())
                .hasStackTraceContaining("no organization scope is open");
    }

    @Test
    void ofWhomIsNoMemberNothingIsRead() {
        Caller stranger = globex.caller(doorkeeper, Role.OWNER);

        assertThatThrownBy(() -> scope.within(acme.id(), stranger, this::members))
                .hasMessageContaining("No organization of yours");
        assertThatThrownBy(() -> scope.within(new OrganizationId(UUID.randomUUID()), stranger, this::members))
                .hasMessageContaining("No organization of yours");
    }

    @Test
    void workAfterTheCommitHasNoScope() {
        AtomicReference<Throwable> met = new AtomicReference<>();
        within(acme, () -> {
            scope.afterCommit(() -> met.set(failure(this::members)));
            return acme;
        });

        assertThat(met.get()).isInstanceOf(IllegalStateException.class).hasMessage("the organization scope is closed");
    }

    @Test
    void whatIsWrittenLastIsStillInTheScope() {
        List<OrganizationId> seen = within(acme, () -> {
            List<OrganizationId> last = new ArrayList<>();
            scope.writtenLast(this, (List<String> _) -> last.addAll(members())).add("one");
            return last;
        });

        assertThat(seen).containsOnly(acme.id());
    }

    @Nested
    class InAnotherThread {
        @Test
        void futureHasNoScope() {
            assertThat(elsewhere(work -> CompletableFuture.supplyAsync(work).join()))
                    .hasMessage("no organization scope is open");
        }

        @Test
        void executorHasNoScope() {
            assertThat(elsewhere(work -> submitted(Executors.newSingleThreadExecutor(), work)))
                    .hasMessage("no organization scope is open");
            assertThat(elsewhere(work -> submitted(Executors.newVirtualThreadPerTaskExecutor(), work)))
                    .hasMessage("no organization scope is open");
        }

        @Test
        void threadThatInheritsHasNoScope() {
            assertThat(elsewhere(work -> {
                        var met = new CompletableFuture<Throwable>();
                        Thread.ofPlatform().inheritInheritableThreadLocals(true).start(() -> met.complete(work.get()));
                        return met.join();
                    }))
                    .hasMessage("no organization scope is open");
        }

        /** What runs methods that are {@code @Async}. */
        @Test
        void springsExecutorHasNoScope() {
            var executor = new SimpleAsyncTaskExecutor();
            executor.setVirtualThreads(true);
            assertThat(elsewhere(work -> executor.submitCompletable(work::get).join()))
                    .hasMessage("no organization scope is open");
        }

        /** Java itself hands scoped values to the subtasks of a StructuredTaskScope (JEP 505, still a preview). */
        @Test
        void subtaskHasTheScopeOfAnotherThread() {
            assertThat(elsewhere(ScopeHandOverTest::inSubtask))
                    .hasMessage("the organization scope was opened by another thread");
        }

        @Test
        void subtaskDoesNotJoinEither() {
            Caller alice = acme.caller(doorkeeper, Role.ADMIN);

            Throwable met = scope.within(
                    acme.id(),
                    alice,
                    () -> inSubtask(
                            () -> failure(() -> scope.within(acme.id(), alice, ScopeHandOverTest.this::members))));

            assertThat(met).hasMessage("the organization scope was opened by another thread");
        }

        @Test
        void statementIsOfNoUse() {
            Throwable met = within(acme, () -> {
                OrganizationJdbc.Statement statement = statement();
                return CompletableFuture.supplyAsync(() -> failure(() -> read(statement)))
                        .join();
            });

            assertThat(met).hasMessage("no organization scope is open");
        }

        /** Whatever runs the work inside an open scope, and what the work met. */
        private Throwable elsewhere(Function<Supplier<Throwable>, Throwable> executor) {
            return within(acme, () -> executor.apply(() -> failure(ScopeHandOverTest.this::members)));
        }
    }

    private static Throwable submitted(ExecutorService executor, Supplier<Throwable> work) {
        try (executor) {
            return CompletableFuture.supplyAsync(work, executor).join();
        }
    }

    /** By reflection: the compiler does not let previews be used, the machine does. */
    @SuppressWarnings("NullAway") // The reflected methods do not say that they answer something.
    private static Throwable inSubtask(Supplier<Throwable> work) {
        try {
            Class<?> tasks = Class.forName("java.util.concurrent.StructuredTaskScope");
            Object open = tasks.getMethod("open").invoke(null);
            Object subtask = tasks.getMethod("fork", Callable.class).invoke(open, (Callable<Throwable>) work::get);
            tasks.getMethod("join").invoke(open);
            tasks.getMethod("close").invoke(open);
            return (Throwable) Class.forName("java.util.concurrent.StructuredTaskScope$Subtask")
                    .getMethod("get")
                    .invoke(subtask);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("StructuredTaskScope is not as it was", e);
        }
    }

    private <T> T within(TestOrganization organization, Supplier<T> work) {
        return scope.within(organization.id(), organization.caller(doorkeeper, Role.ADMIN), work);
    }

    private List<OrganizationId> members() {
        return read(statement());
    }

    private OrganizationJdbc.Statement statement() {
        return jdbc.sql("SELECT organization_id FROM member WHERE organization_id = :organizationId");
    }

    private static List<OrganizationId> read(OrganizationJdbc.Statement statement) {
        return statement.list((row, _) -> new OrganizationId(row.getObject(1, UUID.class)));
    }

    private static Throwable failure(Supplier<?> work) {
        try {
            return new AssertionError("it was answered: " + work.get());
        } catch (RuntimeException e) {
            return e;
        }
    }
}
