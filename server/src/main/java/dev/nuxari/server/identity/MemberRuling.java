package dev.nuxari.server.identity;

/** What became of a change to a membership. */
public sealed interface MemberRuling {
    record Accepted(Member member) implements MemberRuling {}

    /** Somebody else changed it first; this is its version now. */
    record Stale(int version) implements MemberRuling {}

    record Refused(MemberRefusal refusal) implements MemberRuling {}
}
