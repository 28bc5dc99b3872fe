package dev.nuxari.server.invites;

import dev.nuxari.server.audit.AuditAction;

enum InviteAction implements AuditAction {
    INVITE_CREATE,
    INVITE_RESEND,
    INVITE_REVOKE,
    INVITE_SEND,
    INVITE_ACCEPT
}
