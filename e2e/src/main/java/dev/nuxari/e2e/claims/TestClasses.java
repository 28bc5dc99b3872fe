package dev.nuxari.e2e.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The compiled tests of every module: which of them prove what, and which class extends which. */
final class TestClasses {
    private static final String CLAIM = "Ldev/nuxari/kernel/Claim;";

    private final List<ClaimedTest> claimed = new ArrayList<>();
    private final Map<String, String> parents = new HashMap<>();

    private TestClasses() {}

    /** Reads {@code target/test-classes} of every module below the root of the checkout. */
    static TestClasses of(Path root) {
        TestClasses classes = new TestClasses();
        for (Path module : modules(root)) {
            Path folder = module.resolve("target").resolve("test-classes");
            if (Files.isDirectory(folder)) {
                files(folder).forEach(file -> classes.read(module.getFileName().toString(), file));
            }
        }
        classes.claimed.sort(ClaimedTest.ORDER);
        return classes;
    }

    /** The folders below the root that are modules. */
    static List<Path> modules(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ClaimedTest> of(String claim) {
        return claimed.stream().filter(test -> test.claim().equals(claim)).toList();
    }

    List<ClaimedTest> all() {
        return List.copyOf(claimed);
    }

    /** Whether a class is another, or inherits its tests. */
    boolean isKindOf(String className, String ancestor) {
        for (String at = className; at != null; at = parents.get(at)) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String module, Path file) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = model.thisClass().asInternalName().replace('/', '.');
        model.superclass()
                .ifPresent(parent -> parents.put(name, parent.asInternalName().replace('/', '.')));
        claims(model).forEach(claim -> claimed.add(new ClaimedTest(claim, module, name, "")));
        for (MethodModel method : model.methods()) {
            String methodName = method.methodName().stringValue();
            claims(method).forEach(claim -> claimed.add(new ClaimedTest(claim, module, name, methodName)));
        }
    }

    private static List<String> claims(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.className().stringValue().equals(CLAIM))
                .flatMap(TestClasses::values)
                .toList();
    }

    private static Stream<String> values(Annotation annotation) {
        return annotation.elements().stream().map(AnnotationElement::value).flatMap(TestClasses::strings);
    }

    private static Stream<String> strings(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfString text -> Stream.of(text.stringValue());
            case AnnotationValue.OfArray array -> array.values().stream().flatMap(TestClasses::strings);
            default -> Stream.empty();
        };
    }
}
