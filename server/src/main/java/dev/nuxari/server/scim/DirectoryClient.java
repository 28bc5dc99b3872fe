package dev.nuxari.server.scim;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;

/** A directory that is speaking. */
record DirectoryClient(DirectoryId directory, Caller caller) {
    OrganizationId organization() {
        return caller.organization();
    }
}
