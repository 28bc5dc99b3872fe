package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;

/**
 * An action after which the agent is started anew, as another one, and whose end only that one knows. It may take longer than others; whatever
 * kills the agent meanwhile, {@link #verdict} can tell from the host what became of it.
 */
public interface Outliving extends Action {
    /** What became of it. */
    sealed interface Verdict {
        /** Nobody knows yet: the agent has to be started anew, or is being tried. */
        record Open() implements Verdict {}

        /** It is as was asked for, for good. */
        record Done(Summary after) implements Verdict {}

        /** It is as before. */
        record Failed(Failure why, Summary after) implements Verdict {}
    }

    Verdict verdict(Json.Obj parameters);

    /** Its end is written down. */
    void settled();
}
