package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.Inspected.Contradicted;
import dev.nuxari.server.audit.Inspected.Contradiction;
import dev.nuxari.server.audit.Inspected.Sound;
import dev.nuxari.server.audit.InspectionStore.Place;
import dev.nuxari.server.audit.InspectionStore.Stored;
import dev.nuxari.server.audit.InspectionStore.StoredHead;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks through the stored log for what contradicts itself or a signed checkpoint: every event with its columns, its hash,
 * the tree above it, the head, and all checkpoints. Whoever rewrites all of that consistently cannot sign checkpoints anew,
 * and whoever restores an old state is contradicted by the checkpoint that somebody remembers.
 */
@Component
public class LogInspection {
    private static final int PAGE = 1000;

    private final OrganizationScope scope;
    private final InspectionStore store;
    private final AuditTrailStore trail;

    LogInspection(OrganizationScope scope, InspectionStore store, AuditTrailStore trail) {
        this.scope = scope;
        this.store = store;
        this.trail = trail;
    }

    /**
     * Goes on from where an inspection before has ended; from {@link CompactRange#empty} it begins anew.
     *
     * @param pages how many thousands of events to look at before it answers
     */
    public Inspected inspect(OrganizationId organization, Caller caller, CompactRange from, int pages) {
        return scope.reading(organization, caller, () -> inspect(organization, from, pages));
    }

    /** Whether the log still is what this checkpoint, remembered elsewhere, says it was. Its signature is not looked at. */
    public Optional<Contradicted> compare(OrganizationId organization, Caller caller, Checkpoint remembered) {
        return scope.reading(organization, caller, () -> {
            long stored = trail.head().treeSize();
            if (stored < remembered.size()) {
                return Optional.of(new Contradicted(Contradiction.EVENTS_CUT_OFF, stored, remembered.size() - 1));
            }
            return has(remembered)
                    ? Optional.empty()
                    : Optional.of(new Contradicted(Contradiction.HISTORY_REPLACED, 0, remembered.size() - 1));
        });
    }

    private boolean has(Checkpoint remembered) {
        try {
            return trail.root(0, remembered.size()).equals(remembered.root());
        } catch (EmptyResultDataAccessException _) {
            // A node that every tree of this size has.
            return false;
        }
    }

    private Inspected inspect(OrganizationId organization, CompactRange from, int pages) {
        StoredHead head = store.head();
        if (head.size() < from.size()) {
            return new Contradicted(Contradiction.EVENTS_CUT_OFF, head.size(), from.size() - 1);
        }
        CompactRange range = from;
        for (int page = 0; page < pages && range.size() < head.size(); page++) {
            switch (page(organization, range, Math.min(range.size() + PAGE, head.size()))) {
                case Sound sound -> range = sound.upTo();
                case Contradicted contradicted -> {
                    return contradicted;
                }
            }
        }
        if (range.size() < head.size()) {
            return new Sound(range, false);
        }
        return atTheHead(range, head);
    }

    /** The head keeps the roots of the complete subtrees from left to right, so it says in which one something changed. */
    private Inspected atTheHead(CompactRange range, StoredHead head) {
        List<MerkleHash> subtrees = head.subtrees();
        long first = 0;
        for (int i = 0; i < range.hashes().size(); i++) {
            long leaves = Long.highestOneBit(range.size() - first);
            if (i >= subtrees.size() || !range.hashes().get(i).equals(subtrees.get(i))) {
                return new Contradicted(Contradiction.EVENT_CHANGED, first, first + leaves - 1);
            }
            first += leaves;
        }
        return range.root().equals(head.root())
                ? new Sound(range, true)
                : new Contradicted(Contradiction.HISTORY_REPLACED, 0, range.size() - 1);
    }

    private Inspected page(OrganizationId organization, CompactRange from, long to) {
        Map<Place, MerkleHash> nodes = store.nodes(from.size(), to);
        Map<Long, MerkleHash> signed = store.signed(from.size(), to);
        CompactRange range = from;
        for (Stored stored : store.events(from.size(), to)) {
            if (stored.sequence() != range.size()) {
                return new Contradicted(Contradiction.EVENT_MISSING, range.size(), stored.sequence() - 1);
            }
            if (!stored.leafHash().equals(MerkleHash.leaf(stored.leaf())) || !agrees(organization, stored)) {
                return new Contradicted(Contradiction.EVENT_CHANGED, stored.sequence(), stored.sequence());
            }
            List<Node> completed = new ArrayList<>();
            range = range.append(stored.leafHash(), completed::add);
            Optional<Node> other = firstThatIsNot(nodes, completed);
            if (other.isPresent()) {
                return new Contradicted(
                        Contradiction.EVENT_CHANGED,
                        other.get().index() << other.get().level(),
                        stored.sequence());
            }
            MerkleHash root = signed.get(range.size());
            if (root != null && !root.equals(range.root())) {
                return new Contradicted(
                        Contradiction.HISTORY_REPLACED, store.lastCheckpointUpTo(stored.sequence()), stored.sequence());
            }
        }
        return range.size() == to
                ? new Sound(range, false)
                : new Contradicted(Contradiction.EVENT_MISSING, range.size(), to - 1);
    }

    /** The lowest node that is stored otherwise, or not at all. The leaf itself is stored with its event. */
    private static Optional<Node> firstThatIsNot(Map<Place, MerkleHash> stored, List<Node> completed) {
        return completed.stream()
                .filter(node -> node.level() > 0)
                .filter(node -> !Objects.equals(node.hash(), stored.get(new Place(node.level(), node.index()))))
                .findFirst();
    }

    /** The columns are there to be searched; they say what the event says. */
    private static boolean agrees(OrganizationId organization, Stored stored) {
        try {
            Json.Obj event = Json.parseObject(new String(stored.leaf(), UTF_8));
            Json.Obj actor = event.object("actor");
            Json.Obj target = event.object("target");
            return event.string("organizationId").equals(organization.toString())
                    && event.integer("sequence") == stored.sequence()
                    && List.of(
                                    event.string("id"),
                                    event.string("at"),
                                    actor.string("type") + ":" + actor.string("id"),
                                    event.string("action"),
                                    event.string("outcome"),
                                    target.string("type"),
                                    target.string("id"),
                                    event.optionalString("approvalRef").orElse(""),
                                    event.optionalString("requestId").orElse(""))
                            .equals(stored.columns());
        } catch (JsonException _) {
            return false;
        }
    }
}
