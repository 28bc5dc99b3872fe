package dev.nuxari.server.identity;

import java.util.List;

/** What became of the wish to end sessions. */
sealed interface SessionsRuling {
    /** Those that were open, and are not any more; none if none was. */
    record Ended(List<SessionId> sessions) implements SessionsRuling {
        public Ended {
            sessions = List.copyOf(sessions);
        }
    }

    record Refused(MemberRefusal refusal) implements SessionsRuling {}
}
