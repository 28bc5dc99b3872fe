package dev.nuxari.server.identity;

/** What became of an enrolment. */
public sealed interface EnrolmentRuling {
    record Enrolled(Member member) implements EnrolmentRuling {}

    /** They are a member already, and stay what they are. */
    record Known(Member member) implements EnrolmentRuling {}

    /** The organization enrols nobody from the domain of their address. */
    record DomainRefused() implements EnrolmentRuling {}
}
