package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which members an object has, and of which types: no others, and those that are not optional always.
 *
 * @param optional the names that may be absent
 */
public record Shape(Map<String, ValueType> members, Set<String> optional) {
    public Shape {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        optional = Set.copyOf(optional);
    }

    /** The shape of an object without members, to begin with. */
    public static Shape empty() {
        return new Shape(Map.of(), Set.of());
    }

    public Shape with(String name, ValueType type) {
        Map<String, ValueType> more = new LinkedHashMap<>(members);
        more.put(name, type);
        return new Shape(more, optional);
    }

    public Shape withOptional(String name, ValueType type) {
        Set<String> more = new HashSet<>(optional);
        more.add(name);
        return new Shape(with(name, type).members(), more);
    }

    public boolean admits(Json.Obj object) {
        return objection(object).isEmpty();
    }

    /** The first member that is not as it should be. */
    public Optional<String> objection(Json.Obj object) {
        Optional<String> unknown = object.members().keySet().stream()
                .filter(name -> !members.containsKey(name))
                .findFirst();
        return unknown.isPresent()
                ? unknown
                : members.entrySet().stream()
                        .filter(member -> !admits(object, member))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private boolean admits(Json.Obj object, Map.Entry<String, ValueType> member) {
        return object.has(member.getKey())
                ? member.getValue().admits(object.member(member.getKey()))
                : optional.contains(member.getKey());
    }
}
