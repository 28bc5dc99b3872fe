package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.OpenScope.Mode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens transactions, each of which sees exactly one organization. Nothing else opens any.
 *
 * <p>Three comparisons with three sources: the organization asked for with the caller's own membership row (here), every
 * statement with the verified caller ({@link OrganizationJdbc}), and the door with ticket and membership (the database).
 */
@Component
public class OrganizationScope {
    private static final ScopedValue<OpenScope> OPEN = ScopedValue.newInstance();

    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final BiPredicate<OrganizationId, Caller> service;

    @Autowired
    OrganizationScope(
            PlatformTransactionManager transactionManager, JdbcClient jdbc, ApplicationEventPublisher events) {
        this(transactionManager, jdbc, events, OrganizationScope::isOwn);
    }

    /** For the tests that show the other layers hold without this one. */
    OrganizationScope(
            PlatformTransactionManager transactionManager,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            BiPredicate<OrganizationId, Caller> service) {
        this.transactions = new TransactionTemplate(transactionManager);
        this.jdbc = jdbc;
        this.events = events;
        this.service = service;
    }

    /**
     * Does the work in one transaction of this organization. Joins the scope that is open, if there is one; it must be
     * the same caller's.
     *
     * @throws ProblemException if the organization is not the caller's own; the attempt is announced, so that it is audited
     */
    public <T> T within(OrganizationId organization, Caller caller, Supplier<T> work) {
        mustBeOwn(organization, caller);
        if (OPEN.isBound()) {
            return join(caller, work);
        }
        OpenScope open = new OpenScope(organization, caller, Mode.WRITING);
        return ScopedValue.where(OPEN, open)
                .call(() -> transactions.execute(_ -> {
                    enter(open);
                    T answer = work.get();
                    open.finish();
                    return answer;
                }));
    }

    /** The same for work that answers nothing. */
    public void run(OrganizationId organization, Caller caller, Runnable work) {
        within(organization, caller, () -> {
            work.run();
            return organization;
        });
    }

    /**
     * Does work that only reads, which saves round trips. Each statement travels together with its door in
     * a transaction of its own, which the database keeps from writing. Two statements may see different states, as they may
     * in one transaction that reads what is committed. Joins the scope that is open, if there is one.
     *
     * @throws ProblemException as {@link #within}
     */
    public <T> T reading(OrganizationId organization, Caller caller, Supplier<T> work) {
        mustBeOwn(organization, caller);
        if (OPEN.isBound()) {
            return join(caller, work);
        }
        OpenScope open = new OpenScope(organization, caller, Mode.READING);
        return ScopedValue.where(OPEN, open).call(() -> transactions.execute(_ -> work.get()));
    }

    private void mustBeOwn(OrganizationId organization, Caller caller) {
        if (!service.test(organization, caller)) {
            events.publishEvent(new ForeignOrganizationRefused(caller, organization));
            throw new ProblemException(
                    TenancyProblem.NO_SUCH_ORGANIZATION, "No organization of yours answers to this address.");
        }
    }

    /** The organization whose scope is bound, if one is; still there in what runs right after the commit. */
    public Optional<OrganizationId> openOrganization() {
        return OPEN.isBound() ? Optional.of(OPEN.get().organization()) : Optional.empty();
    }

    /** Who opened the scope that is open. */
    public Caller caller() {
        return open().caller();
    }

    /**
     * Collects what is written as the last thing before the open scope commits: what all writers of an organization share is
     * locked there, and so for the shortest time. Each owner has one collection in a scope, and it is written once.
     */
    public <T> List<T> writtenLast(Object owner, Consumer<List<T>> write) {
        return open().writtenLast(owner, write);
    }

    /** Does something once the open scope has committed, and nothing if it does not. A hint, not a promise. */
    public void afterCommit(Runnable work) {
        open().mustBeWriting();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    static boolean isOwn(OrganizationId organization, Caller caller) {
        return organization.equals(caller.memberOf());
    }

    static OpenScope open() {
        return OPEN.orElseThrow(() -> new IllegalStateException("no organization scope is open"))
                .here();
    }

    private static <T> T join(Caller caller, Supplier<T> work) {
        Caller opener = open().caller();
        if (!opener.id().equals(caller.id()) || !opener.organization().equals(caller.organization())) {
            throw new IllegalStateException("the scope of %s is open, not of %s".formatted(opener, caller));
        }
        return work.get();
    }

    private void enter(OpenScope open) {
        Ticket ticket = open.caller().ticket();
        jdbc.sql("SELECT " + ticket.door().call())
                .params(ticket.parametersFor(open.organization()))
                .query((_, _) -> open)
                .single();
    }
}
