package dev.nuxari.server.testing;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;

/** A person in a fresh organization. */
public record TestMember(OrganizationId organization, MemberId id, String subject, String email, Role role) {}
