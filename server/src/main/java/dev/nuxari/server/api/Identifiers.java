package dev.nuxari.server.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.UUID;

/** The records of ours that wrap a UUID and nothing else: on the wire they are the UUID. */
final class Identifiers {
    private final Class<?> type;

    private Identifiers(Class<?> type) {
        this.type = type;
    }

    static Optional<Identifiers> of(Class<?> type) {
        return isIdentifier(type) ? Optional.of(new Identifiers(type)) : Optional.empty();
    }

    private static boolean isIdentifier(Class<?> type) {
        if (!type.isRecord() || !type.getName().startsWith("dev.nuxari.")) {
            return false;
        }
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && components[0].getType() == UUID.class;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the text is no UUID
     */
    Object parse(String text) {
        UUID value = UUID.fromString(text);
        try {
            return type.getConstructor(UUID.class).newInstance(value);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no public constructor", e);
        }
    }
}
