package dev.nuxari.server.redaction;

/**
 * Where the key comes from with which secrets are fingerprinted. Whoever has it could try passwords against the marks, so it
 * never leaves the server.
 */
@FunctionalInterface
public interface FingerprintKey {
    /** 32 bytes: those of the organization whose scope is open, or of the installation where none is. */
    byte[] current();
}
