package dev.nuxari.protocol.agent;

import dev.nuxari.protocol.agent.ValueType.AbsolutePath;
import dev.nuxari.protocol.agent.ValueType.Whole;
import java.util.Optional;
import java.util.stream.Stream;

/** What agents can do, and with which parameters. The server plans in these words; an agent knows some or all of them. */
public enum ActionType {
    /** Sets the permission bits of a file or folder. Never those that lend an identity (set-user-id, set-group-id). */
    FILE_MODE_SET(
            "file-mode.set",
            Shape.empty().with("path", new AbsolutePath()).with("mode", new Whole(0, ActionType.WITHOUT_LENDING)));

    private static final long WITHOUT_LENDING = 0777;

    private final String spelled;

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable; only the compiler has not been told.
    private final Shape parameters;

    ActionType(String spelled, Shape parameters) {
        this.spelled = spelled;
        this.parameters = parameters;
    }

    /** The word on the wire, {@code <noun>.<verb>}. */
    public String spelled() {
        return spelled;
    }

    public Shape parameters() {
        return parameters;
    }

    /** The type of this word, if there is one. */
    public static Optional<ActionType> find(String spelled) {
        return Stream.of(values()).filter(type -> type.spelled.equals(spelled)).findFirst();
    }
}
