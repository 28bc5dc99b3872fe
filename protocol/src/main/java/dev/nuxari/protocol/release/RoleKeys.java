package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose signatures count for a role.
 *
 * @param threshold how many different ones of them there have to be
 */
public record RoleKeys(Set<String> keyIds, int threshold) {
    public RoleKeys {
        keyIds = Set.copyOf(keyIds);
        if (threshold < 1 || threshold > keyIds.size()) {
            throw new IllegalArgumentException("a threshold is at least 1 and at most the number of keys");
        }
    }

    static RoleKeys parse(Located json) {
        json.requireMembers("keyids", "threshold");
        List<String> ids = json.strings("keyids");
        Set<String> unique = new TreeSet<>(ids);
        int threshold = json.number("threshold");
        if (unique.size() != ids.size() || threshold < 1 || threshold > ids.size()) {
            throw json.refuse("threshold", "at least 1, at most the number of keys, of which each stands once");
        }
        return new RoleKeys(unique, threshold);
    }

    Json.Obj json() {
        return Json.object("keyids", keyIds.stream().sorted().toList(), "threshold", threshold);
    }
}
