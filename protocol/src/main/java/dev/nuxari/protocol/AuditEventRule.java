package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.EntryRule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/** An entry of an organization's log is an audit event of that organization, in canonical form, that says where it stands. */
public final class AuditEventRule implements EntryRule {
    private static final String PATH = "/log/";

    private final String organization;

    /**
     * The rule of one log.
     *
     * @param origin the log's name, {@code <server host>/log/<organizationId>}
     * @throws IllegalArgumentException if this is the name of no such log
     */
    public AuditEventRule(String origin) {
        int path = origin.lastIndexOf(PATH);
        if (path < 1 || path + PATH.length() == origin.length()) {
            throw new IllegalArgumentException(origin + " is not the log of an organization: its name has no " + PATH);
        }
        this.organization = origin.substring(path + PATH.length());
    }

    @Override
    public Optional<String> objection(long index, byte[] entry) {
        Json.Obj event;
        try {
            event = Json.parseObject(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(entry)).toString());
            if (!Arrays.equals(event.canonicalBytes(), entry)) {
                return Optional.of("is not in the canonical form (RFC 8785)");
            }
            return objection(index, event);
        } catch (CharacterCodingException _) {
            return Optional.of("is not UTF-8");
        } catch (JsonException e) {
            return Optional.of("is no audit event: " + e.getMessage());
        }
    }

    private Optional<String> objection(long index, Json.Obj event) {
        String owner = event.string("organizationId");
        if (!owner.equals(organization)) {
            return Optional.of("is an event of organization " + owner);
        }
        long sequence = event.integer("sequence");
        return sequence == index ? Optional.empty() : Optional.of("says that it is event " + sequence);
    }
}
