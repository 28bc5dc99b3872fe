package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.audit.LogStretchStore.Dated;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.RangeProof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The part of the log that is of a period, to be shown whole. */
@Service
public class LogStretches {
    private final OrganizationScope scope;
    private final LogStretchStore store;
    private final TileStore tiles;

    LogStretches(OrganizationScope scope, LogStretchStore store, TileStore tiles) {
        this.scope = scope;
        this.store = store;
        this.tiles = tiles;
    }

    /** What was found for a period. */
    public sealed interface Sought {}

    /**
     * Every entry dated within the period is here: from the one before it, if there is one, to the one after it.
     *
     * @param begin index of the first entry
     * @param end index after the last one
     */
    public record Stretch(long begin, long end) implements Sought {}

    /** No entry shows that the period is over. */
    public record NotOver() implements Sought {}

    /**
     * There are more entries than were asked for.
     *
     * @param fitting up to this time, there are not
     */
    public record TooLong(Optional<Instant> fitting) implements Sought {}

    /**
     * Looks for a period.
     *
     * @param most so many entries may there be
     */
    public Sought find(OrganizationId organization, Caller caller, Instant from, Instant to, int most) {
        return scope.reading(organization, caller, () -> {
            Optional<Dated> dated = store.dated(from, to, most + 1);
            if (dated.isEmpty()) {
                return nothing(from, to);
            }
            Dated found = dated.get();
            if (found.entries() > most) {
                return new TooLong(Optional.of(found.latest()).filter(from::isBefore));
            }
            long begin = store.earlier(found.first(), from).orElse(0L);
            Optional<Long> after = store.later(found.last(), to);
            if (after.isPresent() && after.get() - begin > most + 1) {
                return new TooLong(Optional.empty());
            }
            return stretch(begin, after);
        });
    }

    /** Where nothing is dated within the period, two neighbours show it. */
    private Sought nothing(Instant from, Instant to) {
        Optional<Long> after = store.later(store.datedLastBefore(from).orElse(-1L), to);
        return stretch(Math.max(0, after.orElse(0L) - 1), after);
    }

    private static Sought stretch(long begin, Optional<Long> after) {
        return after.<Sought>map(index -> new Stretch(begin, index + 1)).orElseGet(NotOver::new);
    }

    /** That the entries of a stretch are all that a tree of this size has there. */
    public RangeProof prove(OrganizationId organization, Caller caller, Stretch stretch, long treeSize) {
        return scope.reading(
                organization,
                caller,
                () -> RangeProof.of(stretch.begin(), stretch.end(), treeSize, new TreeNodes(tiles)));
    }

    /** In the order of the log. */
    public List<Recorded> entries(OrganizationId organization, Caller caller, long begin, long end) {
        return scope.reading(organization, caller, () -> store.entries(begin, end));
    }
}
