package dev.nuxari.protocol;

import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A package while it is verified. Everything in it is somebody's assertion until a check has passed, also how much of it there
 * is: no check may look at all records for each of them.
 */
final class EvidenceFile {
    private final Located root;
    private @Nullable KeyManifest keys;
    private @Nullable List<Located> records;
    private @Nullable Map<EvidenceRecord.Type, List<Located>> contents;
    private @Nullable List<Located> steps;
    private @Nullable Map<Long, Located> stepsByPosition;

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
        if (contents == null) {
            contents = records().stream()
                    .collect(Collectors.groupingBy(
                            written -> written.constant("type", EvidenceRecord.Type.class),
                            Collectors.mapping(written -> written.object("content"), Collectors.toList())));
        }
        return contents.getOrDefault(type, List.of());
    }

    /** The contents of one type by the position of the step they are about. */
    Map<Long, List<Located>> contentsByStep(EvidenceRecord.Type type) {
        return contents(type).stream().collect(Collectors.groupingBy(content -> content.integer("step")));
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
        if (steps == null) {
            steps = List.copyOf(plan().objects("steps"));
        }
        return steps;
    }

    /** The step of the plan that a record is about. */
    Located stepOf(Located content) {
        if (stepsByPosition == null) {
            stepsByPosition = steps().stream()
                    .collect(Collectors.toMap(step -> step.integer("position"), step -> step, (first, _) -> first));
        }
        long position = content.integer("step");
        Located step = stepsByPosition.get(position);
        if (step == null) {
            throw content.refuse("step", "the plan has no step " + position);
        }
        return step;
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
