package dev.nuxari.server.identity;

/**
 * Another policy in the place of the one that was looked at.
 *
 * @param seen the version that was looked at
 * @param lockOutAccepted whether its author has said that it may keep themselves out
 */
record PolicyChange(int seen, IdentityPolicy proposed, boolean lockOutAccepted) {}
