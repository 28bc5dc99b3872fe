/**
 * A log that can only grow, and the proofs of it: Merkle trees (RFC 6962, RFC 9162), signed notes and checkpoints (C2SP).
 * It knows neither where hashes are stored nor what the entries mean; the offline verifier ships it.
 */
@NullMarked
package dev.nuxari.transparency;

import org.jspecify.annotations.NullMarked;
