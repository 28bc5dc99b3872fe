package dev.nuxari.server.redaction;

/** Looks closer where a literal stands that some secrets have. Looks no farther than a bounded distance, and never throws. */
interface Rule {
    /** The literal ends before {@code end}. */
    void look(Scan scan, int end);
}
