package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.Json;
import org.jspecify.annotations.Nullable;

/**
 * A member at the door, with the terms on which the organization lets its members in. The authentication layer judges by
 * them before it lets anybody use the caller.
 *
 * @param termsVersion the version of the organization's terms, which never stands for two
 * @param terms what they are; null if the version is the one that was said to be known
 */
public record MemberAdmission(Caller caller, int termsVersion, Json.@Nullable Obj terms) {}
