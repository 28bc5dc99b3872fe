package dev.nuxari.platform.demonstration;

import java.util.Locale;

/** Something that can be held in a governed system. */
record Entitlement(String name, Kind kind, Risk risk, String department, String what) {
    /** The department of what everybody needs. */
    static final String EVERYBODY = "everybody";

    enum Kind {
        ROLE,
        GROUP
    }

    enum Risk {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /** For the system's own catalogue: governed systems say nothing of risk, so the words do. */
    String description() {
        return what + " (risk: " + risk.name().toLowerCase(Locale.ROOT) + ")";
    }
}
