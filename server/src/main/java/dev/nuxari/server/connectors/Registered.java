package dev.nuxari.server.connectors;

/** What registering a governed system came to. */
public sealed interface Registered {
    /** It is connected; whether it answers, its health says. */
    record Accepted(RegisteredConnector connector) implements Registered {}

    /** It is not connected, and the detail says what to change. */
    record Refused(ConnectorRefusal refusal, String detail) implements Registered {}
}
