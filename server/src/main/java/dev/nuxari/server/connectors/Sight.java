package dev.nuxari.server.connectors;

/** One account and one entitlement as they are now. {@code held} is false when no entitlement was asked for. */
public record Sight(boolean exists, boolean enabled, boolean held) {
    /** No such account. */
    public static final Sight NOTHING = new Sight(false, false, false);
}
