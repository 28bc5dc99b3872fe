package dev.nuxari.server.domains;

import java.util.List;

/** What name servers said about the TXT records of a name. */
sealed interface Lookup {
    /**
     * The values that the records have, each put together from its strings; there may be none.
     *
     * @param aliases the names that were gone through before the records were found (CNAME)
     */
    record Answered(List<String> values, List<String> aliases) implements Lookup {
        public Answered {
            values = List.copyOf(values);
            aliases = List.copyOf(aliases);
        }
    }

    record NoSuchName() implements Lookup {}

    record ServerFailure() implements Lookup {}

    record NoAnswer() implements Lookup {}
}
