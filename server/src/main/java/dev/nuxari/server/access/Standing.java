package dev.nuxari.server.access;

/** Whether an account holds an entitlement, by each book. */
public record Standing(boolean approved, boolean observed) {}
