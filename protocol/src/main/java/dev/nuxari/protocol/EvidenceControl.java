package dev.nuxari.protocol;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A control of NIST SP 800-53, revision 5, and the question of the {@link EvidenceVerifier} that speaks for it. Every package is
 * asked every question, so every package is evidence for each of these.
 */
public enum EvidenceControl {
    AC_3_2("ac-3.2", "ac-3.2_obj", "quorum"),
    AC_5("ac-5", "ac-5_obj.b", "separation-of-duties"),
    AU_10("au-10", "au-10_obj", "signatures"),
    AU_12("au-12", "au-12_obj", "inclusion-proof"),
    CM_3("cm-3", "cm-3_obj", "executions");

    private final String id;
    private final String objective;
    private final String check;

    EvidenceControl(String id, String objective, String check) {
        this.id = id;
        this.objective = objective;
        this.check = check;
    }

    /** As OSCAL catalogues spell it: {@code ac-3.2}. */
    public String id() {
        return id;
    }

    /** The objective of SP 800-53A, as OSCAL spells it. */
    public String objective() {
        return objective;
    }

    /** Name of the {@link Check}. */
    public String check() {
        return check;
    }

    /** The control of this id, if it is one of these. */
    public static Optional<EvidenceControl> of(String id) {
        return Stream.of(values()).filter(control -> control.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
