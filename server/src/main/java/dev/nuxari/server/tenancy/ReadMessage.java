package dev.nuxari.server.tenancy;

import dev.nuxari.server.tenancy.Ticket.Door;
import java.util.Arrays;
import java.util.List;

/** A read together with its door and the end of its transaction: the one thing of several statements that the server sends. */
final class ReadMessage {
    private static final String END = "; COMMIT";

    /** Every statement that the server prepares is compared with them. */
    private static final List<String> BEGINNINGS = Arrays.stream(Door.values())
            .map(door -> beginning(door).replaceAll(":\\w+", "?"))
            .toList();

    private ReadMessage() {}

    static String of(Door door, String sql) {
        return beginning(door) + sql + END;
    }

    /**
     * The statement that the message, with question marks for its parameters, carries; a text that is no such message is
     * its own.
     */
    static String statementIn(String message) {
        return BEGINNINGS.stream()
                .filter(beginning -> message.startsWith(beginning) && message.endsWith(END))
                .findFirst()
                .map(beginning -> message.substring(beginning.length(), message.length() - END.length()))
                .orElse(message);
    }

    private static String beginning(Door door) {
        return "SELECT " + door.call() + ", read_only(); ";
    }
}
