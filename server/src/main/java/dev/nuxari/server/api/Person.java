package dev.nuxari.server.api;

import dev.nuxari.kernel.MemberId;
import java.util.Map;

/** A member on the wire. */
public record Person(MemberId memberId, String displayName) {
    /** With the name that was looked up, or the id where there is none. */
    public static Person of(MemberId member, Map<MemberId, String> names) {
        return new Person(member, names.getOrDefault(member, member.toString()));
    }
}
