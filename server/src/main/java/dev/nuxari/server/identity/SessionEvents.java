package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.redaction.Redactor;

/** What the log says of the end of sessions. Who ended one says the event itself; whose it was does not. */
final class SessionEvents {
    private final Redactor redactor;

    SessionEvents(Redactor redactor) {
        this.redactor = redactor;
    }

    AuditEvent ended(SessionId session, MemberId member) {
        return AuditEvent.of(IdentityAction.SESSION_END, target(session)).metadata(redactor.redact(whose(member)));
    }

    /**
     * Somebody wanted one or all of a member's to end.
     *
     * @param asked the session, or the member
     */
    AuditEvent refused(Target asked, MemberId member, MemberRefusal refusal) {
        return AuditEvent.of(IdentityAction.SESSION_END, asked)
                .outcome(Outcome.REFUSED)
                .metadata(redactor.redact(whose(member).with("refusal", refusal.slug())));
    }

    static Target target(SessionId session) {
        return new Target("session", session.value());
    }

    private static Json.Obj whose(MemberId member) {
        return Json.object("memberId", member.toString());
    }
}
