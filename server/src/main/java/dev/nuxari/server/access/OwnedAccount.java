package dev.nuxari.server.access;

import dev.nuxari.kernel.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * An account, and whose it is.
 *
 * @param member absent for the account of nobody in particular
 */
public record OwnedAccount(
        Account account, String connectorName, @Nullable MemberId member) {}
