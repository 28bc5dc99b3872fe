package dev.nuxari.server.scim;

import dev.nuxari.server.audit.AuditAction;

enum DirectoryAction implements AuditAction {
    DIRECTORY_ADD,
    DIRECTORY_CHANGE,
    DIRECTORY_TOKEN_ISSUE,
    DIRECTORY_TOKEN_REVOKE,
    DIRECTORY_USER_ADD,
    DIRECTORY_USER_CHANGE,
    DIRECTORY_USER_REMOVE,
    DIRECTORY_USER_REFUSE,
    DIRECTORY_GROUP_ADD,
    DIRECTORY_GROUP_CHANGE,
    DIRECTORY_GROUP_REMOVE
}
