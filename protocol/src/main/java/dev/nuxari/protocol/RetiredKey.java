package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.time.Instant;

/**
 * A log key that another one has replaced. What it had signed until then still verifies.
 *
 * @param notAfter nothing sealed later is by this key
 * @param treeSize how many entries the log had: no checkpoint over more is by this key
 */
public record RetiredKey(PublishedKey key, Instant notAfter, long treeSize) {
    public RetiredKey {
        if (key.name() != KeyName.LOG || notAfter.isBefore(key.notBefore()) || treeSize < 0) {
            throw new IllegalArgumentException("a retired key is a log key with an end after its beginning");
        }
    }

    Json.Obj json() {
        return key.json().with("notAfter", notAfter).with("treeSize", treeSize);
    }

    static RetiredKey parse(Located json) {
        json.requireMembers("keyId", "name", "algorithm", "publicKey", "notBefore", "notAfter", "treeSize");
        PublishedKey key = PublishedKey.read(json);
        try {
            return new RetiredKey(key, json.instant("notAfter"), json.integer("treeSize"));
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw json.refuse("notAfter", String.valueOf(e.getMessage()));
        }
    }

    boolean isSameAs(RetiredKey other) {
        return key.isPublishedAs(other.key) && notAfter.equals(other.notAfter) && treeSize == other.treeSize;
    }
}
