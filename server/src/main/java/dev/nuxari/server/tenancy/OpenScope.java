package dev.nuxari.server.tenancy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A scope while it is open: who opened it, and what is still to be written before it commits. */
final class OpenScope {
    private final Caller caller;
    private final Map<Object, Collected<?>> last = new LinkedHashMap<>();

    OpenScope(Caller caller) {
        this.caller = caller;
    }

    private record Collected<T>(List<T> items, Consumer<List<T>> write) {
        void finish() {
            write.accept(items);
        }
    }

    Caller caller() {
        return caller;
    }

    /** The owner's collection; made at the first call, which also says how it is written. */
    @SuppressWarnings("unchecked") // An owner collects things of one type.
    <T> List<T> writtenLast(Object owner, Consumer<List<T>> write) {
        return (List<T>) last.computeIfAbsent(owner, _ -> new Collected<>(new ArrayList<T>(), write))
                .items();
    }

    /** Writes everything, and what is collected meanwhile. */
    void finish() {
        while (!last.isEmpty()) {
            List<Collected<?>> now = List.copyOf(last.values());
            last.clear();
            now.forEach(Collected::finish);
        }
    }
}
