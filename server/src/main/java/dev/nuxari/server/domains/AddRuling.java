package dev.nuxari.server.domains;

/** What became of a domain that was to be added. */
sealed interface AddRuling {
    record Added(Domain domain) implements AddRuling {}

    record Refused(DomainProblem why) implements AddRuling {}
}
