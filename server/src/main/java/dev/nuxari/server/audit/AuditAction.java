package dev.nuxari.server.audit;

import dev.nuxari.kernel.Spelling;

/** Something that is audited. Each module has an enum of its own; the documented list is made from them. */
public interface AuditAction {
    /** The enum's own method: noun, underscore, verb. */
    String name();

    /** The wire form, {@code <noun>.<verb>}: {@code APPROVAL_DECIDE} is {@code approval.decide}. */
    default String spelled() {
        if (!(this instanceof Enum<?> constant)) {
            throw new IllegalStateException("an audit action is a constant");
        }
        String spelled = Spelling.of(constant);
        int verb = spelled.lastIndexOf('-');
        return spelled.substring(0, verb) + "." + spelled.substring(verb + 1);
    }
}
