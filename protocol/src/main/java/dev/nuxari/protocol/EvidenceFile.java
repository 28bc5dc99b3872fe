package dev.nuxari.protocol;

import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A package while it is verified. Everything in it is somebody's assertion until a check has passed. */
final class EvidenceFile {
    private final Located root;
    private @Nullable KeyManifest keys;
    private @Nullable List<Located> records;

    EvidenceFile(Obj root) {
        this.root = Located.root(root);
    }

    Located root() {
        return root;
    }

    String outcome() {
        return root.string("outcome");
    }

    String planHash() {
        return root.string("planHash");
    }

    List<Located> records() {
        if (records == null) {
            records = List.copyOf(root.objects("records"));
        }
        return records;
    }

    List<Located> contents(EvidenceRecord.Type type) {
        return records().stream()
                .filter(written -> written.constant("type", EvidenceRecord.Type.class) == type)
                .map(written -> written.object("content"))
                .toList();
    }

    /** The content of the only record of its type. */
    Located only(EvidenceRecord.Type type) {
        List<Located> found = contents(type);
        if (found.size() != 1) {
            throw new JsonException(
                    "/records", "expected one record of type %s, found %d".formatted(type, found.size()));
        }
        return found.getFirst();
    }

    Located approval() {
        return only(EvidenceRecord.Type.APPROVAL);
    }

    Located plan() {
        return approval().object("plan");
    }

    List<Located> steps() {
        return plan().objects("steps");
    }

    /** The step of the plan that a record is about. */
    Located stepOf(Located content) {
        long position = content.integer("step");
        return steps().stream()
                .filter(step -> step.integer("position") == position)
                .findFirst()
                .orElseThrow(() -> content.refuse("step", "the plan has no step " + position));
    }

    KeyManifest keys() {
        if (keys == null) {
            keys = KeyManifest.parse(root.object("keys"));
        }
        return keys;
    }

    Located log() {
        return root.object(EvidencePackage.LOG);
    }
}
