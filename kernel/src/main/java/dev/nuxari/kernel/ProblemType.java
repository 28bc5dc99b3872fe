package dev.nuxari.kernel;

/** One kind of failure as callers see it (RFC 9457, section 3.1.1). Each module has an enum of its own. */
public interface ProblemType {
    /** The enum's own method. */
    String name();

    /** The HTTP status that belongs to this type. */
    int status();

    /** What happened, in words that do not vary with the occurrence. */
    String title();

    /** The last part of the type's address; once released it keeps its meaning. */
    default String slug() {
        return this instanceof Enum<?> constant ? Spelling.of(constant) : name();
    }
}
