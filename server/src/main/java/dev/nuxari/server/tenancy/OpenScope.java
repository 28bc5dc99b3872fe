package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A scope while it is open: who opened it, for what and where, and what is still to be written before it commits.
 *
 * <p>Its transaction belongs to one thread. Java hands the scope itself to the children of that thread (JEP 505), and it is
 * still bound while Spring runs what comes after the commit; in neither place is there a transaction.
 */
final class OpenScope {
    private final OrganizationId organization;
    private final Caller caller;
    private final Mode mode;
    private final Thread thread = Thread.currentThread();
    private boolean closed;
    private final Map<Object, Collected<?>> last = new LinkedHashMap<>();

    OpenScope(OrganizationId organization, Caller caller, Mode mode) {
        this.organization = organization;
        this.caller = caller;
        this.mode = mode;
    }

    enum Mode {
        /** One transaction, entered once. */
        WRITING,
        /** A transaction for each statement, each through the door anew. */
        READING
    }

    private record Collected<T>(List<T> items, Consumer<List<T>> write) {
        void finish() {
            write.accept(items);
        }
    }

    /** The organization asked for. Who asks, and for which organization they may, is the caller's. */
    OrganizationId organization() {
        return organization;
    }

    Caller caller() {
        return caller;
    }

    /** This one, if the transaction is open and here. */
    OpenScope here() {
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException("the organization scope was opened by another thread");
        }
        if (closed) {
            throw new IllegalStateException("the organization scope is closed");
        }
        return this;
    }

    boolean isReading() {
        return mode == Mode.READING;
    }

    /**
     * Says that something is going to be written.
     *
     * @throws IllegalStateException if the scope was opened for reading
     */
    void mustBeWriting() {
        if (isReading()) {
            throw new IllegalStateException("the scope of %s was opened for reading".formatted(caller));
        }
    }

    /** The owner's collection; made at the first call, which also says how it is written. */
    @SuppressWarnings("unchecked") // An owner collects things of one type.
    <T> List<T> writtenLast(Object owner, Consumer<List<T>> write) {
        mustBeWriting();
        return (List<T>) last.computeIfAbsent(owner, _ -> new Collected<>(new ArrayList<T>(), write))
                .items();
    }

    /** Writes everything, and what is collected meanwhile. After that the scope is of no use. */
    void finish() {
        while (!last.isEmpty()) {
            List<Collected<?>> now = List.copyOf(last.values());
            last.clear();
            now.forEach(Collected::finish);
        }
        closed = true;
    }
}
