package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import java.util.Optional;

/**
 * One kind of change to this host. Its parameters are of its type's shape and within the host's policy when they come here.
 *
 * <p>An order runs as {@link #look}, then a note on disk, then {@link #perform} once, then {@code look} again. If the agent was
 * stopped after the note, it only looks: so {@code look} has to be able to tell, from the host alone, whether what was asked
 * for is there. What cannot be told from the host is no action.
 *
 * <p>No method starts a shell, waits longer than {@link #LONGEST_SECONDS}, or keeps output without a bound. What is seen is said
 * in a {@link Summary}; what was read stays here.
 */
public interface Action {
    /** After this time whoever performs has to have given up by itself. */
    int LONGEST_SECONDS = 120;

    ActionType type();

    /** Looks at what the parameters are about; changes nothing, and may be called at any time. */
    Sight look(Json.Obj parameters);

    /** Does it. Empty when it worked, as far as this method can say; the loop looks itself. */
    Optional<Failure> perform(Json.Obj parameters);

    /**
     * Puts back what was there before, after an attempt that did not lead to what was asked for.
     *
     * @param before what {@link #look} had seen
     * @return whether it is there again; false where that cannot be done
     */
    boolean undo(Json.Obj parameters, Summary before);
}
