package dev.nuxari.agent.posture;

/** What a check is about. */
public enum Area {
    ACCOUNTS,
    SUDO,
    SSH,
    KERNEL,
    SERVICES,
    FILES,
    UPDATES,
    LOGGING,
    TIME
}
