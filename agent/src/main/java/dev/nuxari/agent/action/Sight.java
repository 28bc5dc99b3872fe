package dev.nuxari.agent.action;

import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;

/** What an action saw when it looked. */
public sealed interface Sight {
    /**
     * It could look.
     *
     * @param isAsAsked whether there is nothing left to do
     */
    record Seen(boolean isAsAsked, Summary summary) implements Sight {}

    /** It could not. */
    record Unseen(Failure why) implements Sight {}
}
