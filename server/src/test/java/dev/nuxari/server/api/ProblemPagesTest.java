package dev.nuxari.server.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Every problem that the server can answer with has its page, and no page speaks of a problem that is gone. */
class ProblemPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "problems");

    @Test
    void everySlugHasAPageAndEveryPageASlug() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            Set<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.replaceFirst("\\.md$", ""))
                    .collect(toSet());

            assertThat(pages)
                    .isEqualTo(catalogue().stream().map(ProblemType::slug).collect(toSet()));
        }
    }

    @Test
    void pageNamesTheStatus() throws IOException {
        for (ProblemType type : catalogue()) {
            assertThat(Files.readString(PAGES.resolve(type.slug() + ".md")))
                    .startsWith("# " + type.slug() + "\n\n**" + type.status() + " · ");
        }
    }

    @Test
    void everyPageIsInTheList() throws IOException {
        List<String> listed = Files.readAllLines(PAGES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("- ["))
                .toList();

        assertThat(listed)
                .isEqualTo(catalogue().stream()
                        .sorted(Comparator.comparing(ProblemType::slug))
                        .map(type ->
                                "- [%1$s](%1$s.md): %2$d, %3$s".formatted(type.slug(), type.status(), type.title()))
                        .distinct()
                        .toList());
    }

    private static List<ProblemType> catalogue() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(ProblemType.class));
        return scanner.findCandidateComponents("dev.nuxari").stream()
                .flatMap(definition -> constants(String.valueOf(definition.getBeanClassName())))
                .toList();
    }

    private static Stream<ProblemType> constants(String name) {
        try {
            return Stream.of(Class.forName(name).getEnumConstants()).map(ProblemType.class::cast);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
