package dev.nuxari.server.broker;

/**
 * A person who is to have an account at the broker.
 *
 * @param email also the name they sign in with
 * @param verified whether whoever asks for the account has seen that the address is theirs
 */
public record NewAccount(String email, String givenName, String familyName, boolean verified) {}
