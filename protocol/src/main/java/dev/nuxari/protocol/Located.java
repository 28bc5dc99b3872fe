package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.transparency.MerkleHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** An object and where it stands in its file, so that whatever is wrong with it is reported with its whole JSON pointer. */
public record Located(String pointer, Obj value) {
    public static Located root(Obj value) {
        return new Located("", value);
    }

    /** Neither fewer members than these nor more: what a reader does not know it would not check. */
    public void requireMembers(String... names) {
        Set<String> expected = Set.of(names);
        value.members().keySet().stream()
                .filter(name -> !expected.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refuse(name, "no such member in this version");
                });
        for (String name : names) {
            locate(() -> value.member(name));
        }
    }

    public String at(String name) {
        return pointer + "/" + name;
    }

    public String string(String name) {
        return locate(() -> value.string(name));
    }

    public long integer(String name) {
        return locate(() -> value.integer(name));
    }

    /** An integer that is no larger than any of ours gets. */
    public int number(String name) {
        long value = integer(name);
        if (value != (int) value) {
            throw refuse(name, "out of range: " + value);
        }
        return (int) value;
    }

    public boolean bool(String name) {
        return locate(() -> value.bool(name));
    }

    public Optional<String> optionalString(String name) {
        return locate(() -> value.optionalString(name));
    }

    public List<String> strings(String name) {
        return locate(() -> value.strings(name));
    }

    public Located object(String name) {
        return new Located(at(name), locate(() -> value.object(name)));
    }

    public Optional<Located> optionalObject(String name) {
        return locate(() -> value.optionalObject(name)).map(object -> new Located(at(name), object));
    }

    public List<Located> objects(String name) {
        List<Obj> items = locate(() -> value.objects(name));
        List<Located> located = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            located.add(new Located(at(name) + "/" + i, items.get(i)));
        }
        return located;
    }

    /** Null and absence are the same, and equal nothing but themselves. */
    public Json valueOrNull(String name) {
        return value.has(name) ? value.member(name) : Json.of(null);
    }

    public UUID uuid(String name) {
        return read(name, UUID::fromString);
    }

    public Instant instant(String name) {
        return read(name, Instant::parse);
    }

    public MerkleHash hash(String name) {
        return read(name, MerkleHash::parse);
    }

    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return read(name, text -> Spelling.parse(type, text));
    }

    /** Reads a string that has one spelling: what is read must be written as it was found. */
    public <T> T read(String name, Function<String, T> reader) {
        String text = string(name);
        T read;
        boolean spelledOtherwise;
        try {
            read = reader.apply(text);
            // An instant may be read that no calendar reaches, and that cannot be written.
            spelledOtherwise = (read instanceof UUID || read instanceof Instant || read instanceof Enum<?>)
                    && !Json.of(read).equals(Json.of(text));
        } catch (JsonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refuse(name, "cannot be read: " + text);
        }
        if (spelledOtherwise) {
            throw refuse(name, "not written as this format writes it: " + text);
        }
        return read;
    }

    public JsonException refuse(String name, String reason) {
        return new JsonException(at(name), reason);
    }

    private <T> T locate(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (JsonException e) {
            throw e.within(pointer);
        }
    }
}
