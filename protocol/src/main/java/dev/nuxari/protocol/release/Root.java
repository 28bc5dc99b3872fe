package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Which keys the roles have (TUF, section 4.3). Consistent snapshots are always used. */
public record Root(int version, Instant expires, Map<String, ReleaseKey> keys, Map<ReleaseRole, RoleKeys> roles)
        implements Metadata {
    public Root {
        keys = Map.copyOf(keys);
        roles = Map.copyOf(roles);
    }

    static Root parse(Located json) {
        CommonMembers.require(json, ReleaseRole.ROOT);
        json.requireMembers("_type", "spec_version", "version", "expires", "consistent_snapshot", "keys", "roles");
        if (!json.bool("consistent_snapshot")) {
            throw json.refuse("consistent_snapshot", "only those are read");
        }
        Map<String, ReleaseKey> keys = keys(json.object("keys"));
        Map<ReleaseRole, RoleKeys> roles = roles(json.object("roles"));
        roles.values().stream()
                .filter(role -> !keys.keySet().containsAll(role.keyIds()))
                .findFirst()
                .ifPresent(_ -> {
                    throw json.refuse("roles", "a role has a key that is not here");
                });
        return new Root(CommonMembers.version(json), CommonMembers.expires(json), keys, roles);
    }

    private static Map<String, ReleaseKey> keys(Located json) {
        Map<String, ReleaseKey> keys = new TreeMap<>();
        for (String id : json.value().members().keySet()) {
            ReleaseKey key = ReleaseKey.parse(json.object(id));
            if (!key.id().equals(id)) {
                throw json.refuse(id, "is not the id of this key");
            }
            keys.put(id, key);
        }
        return keys;
    }

    private static Map<ReleaseRole, RoleKeys> roles(Located json) {
        json.requireMembers("root", "targets", "snapshot", "timestamp");
        Map<ReleaseRole, RoleKeys> roles = new EnumMap<>(ReleaseRole.class);
        for (ReleaseRole role : ReleaseRole.values()) {
            roles.put(role, RoleKeys.parse(json.object(role.spelled())));
        }
        return roles;
    }

    RoleKeys keysOf(ReleaseRole role) {
        RoleKeys keys = roles.get(role);
        if (keys == null) {
            throw new IllegalStateException("a root has keys for each role");
        }
        return keys;
    }

    @Override
    public ReleaseRole role() {
        return ReleaseRole.ROOT;
    }

    @Override
    public Json.Obj json() {
        Json.Obj named = Json.object();
        for (Map.Entry<String, ReleaseKey> key : new TreeMap<>(keys).entrySet()) {
            named = named.with(key.getKey(), key.getValue().json());
        }
        Json.Obj bound = Json.object();
        for (ReleaseRole role : ReleaseRole.values()) {
            bound = bound.with(role.spelled(), keysOf(role).json());
        }
        return CommonMembers.of(this)
                .with("consistent_snapshot", true)
                .with("keys", named)
                .with("roles", bound);
    }
}
