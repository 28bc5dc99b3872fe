package dev.nuxari.kernel;

import java.util.Locale;
import java.util.UUID;

/**
 * Who acts, in one word for logs and tables: {@code member:4f1a…}, {@code system:workflow}. Names of people are looked up
 * when shown, never stored in a record.
 */
public record ActorId(Kind kind, String id) {
    /** Only members decide; the others execute. */
    public enum Kind {
        MEMBER,
        SYSTEM,
        AGENT,
        SCIM,
        /** Whoever holds a share link; the id is the link's. */
        SHARE
    }

    public ActorId {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an actor has an id");
        }
    }

    public static ActorId of(MemberId member) {
        return new ActorId(Kind.MEMBER, member.toString());
    }

    public static ActorId system(String name) {
        return new ActorId(Kind.SYSTEM, name);
    }

    /** Whoever holds this share link. */
    public static ActorId share(UUID link) {
        return new ActorId(Kind.SHARE, link.toString());
    }

    /** The edge agent with this id. */
    public static ActorId agent(UUID agent) {
        return new ActorId(Kind.AGENT, agent.toString());
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text names no actor
     */
    public static ActorId parse(String reference) {
        int colon = reference.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not an actor: " + reference);
        }
        return new ActorId(Spelling.parse(Kind.class, reference.substring(0, colon)), reference.substring(colon + 1));
    }

    public boolean isShare() {
        return kind == Kind.SHARE;
    }

    public boolean isAgent() {
        return kind == Kind.AGENT;
    }

    public boolean isSystem() {
        return kind == Kind.SYSTEM;
    }

    public boolean isMember() {
        return kind == Kind.MEMBER;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }
}
