package dev.nuxari.server.tenancy;

/** A piece of a plain statement: a word or a sign, or what stands between two parentheses. */
sealed interface StatementPart permits StatementPart.Word, Level {
    record Word(String text) implements StatementPart {}
}
