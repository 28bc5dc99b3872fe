package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditSearchStore.Matter;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds events in the log. */
@Service
public class AuditSearch {
    private final OrganizationScope scope;
    private final AuditSearchStore store;

    AuditSearch(OrganizationScope scope, AuditSearchStore store) {
        this.scope = scope;
        this.store = store;
    }

    /** What is looked for, to be read a piece at a time. What belongs together was found out once. */
    public final class Found {
        private final AuditFilter filter;
        private final @Nullable Matter matter;

        private Found(AuditFilter filter) {
            this.filter = filter;
            this.matter = filter.following() == null ? null : store.matter(filter.following());
        }

        /** What belongs together, if that is what is looked for: the ids that events refer to. */
        public Optional<Set<UUID>> references() {
            return Optional.ofNullable(matter).map(Matter::references);
        }

        /** The same: the ids that events are about. */
        public Optional<Set<String>> targets() {
            return Optional.ofNullable(matter).map(Matter::targets);
        }

        AuditFilter filter() {
            return filter;
        }

        /** The newest first, of those before a sequence number; in the scope that is open. */
        List<Recorded> page(long before, int limit) {
            return matter == null ? store.page(filter, before, limit) : store.page(matter, filter, before, limit);
        }
    }

    public Found find(OrganizationId organization, Caller caller, AuditFilter filter) {
        return scope.reading(organization, caller, () -> new Found(filter));
    }

    /** The newest first. A page goes on at a sequence number, which stays where it is while the log grows. */
    public Page<Recorded> list(OrganizationId organization, Caller caller, AuditFilter filter, PageRequest page) {
        long before = page.after() == null ? Long.MAX_VALUE : sequence(page.after());
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        new Found(filter).page(before, page.rows()),
                        page.limit(),
                        recorded -> Long.toString(recorded.sequence())));
    }

    /** Whether the event with this number is one of those. */
    public boolean finds(OrganizationId organization, Caller caller, AuditFilter filter, long sequence) {
        return sequence < Long.MAX_VALUE
                && scope.reading(
                        organization,
                        caller,
                        () -> new Found(filter)
                                .page(sequence + 1, 1).stream().anyMatch(found -> found.sequence() == sequence));
    }

    private static long sequence(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException _) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }
}
