package dev.nuxari.platform;

/** How long a child process lives. */
public enum Lifetime {
    /** As long as this JVM, however that ends. */
    OURS,
    /** Until somebody stops it: {@code nuxari up --detach}. */
    DETACHED
}
