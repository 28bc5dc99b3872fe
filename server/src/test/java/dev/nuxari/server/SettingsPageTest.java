package dev.nuxari.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.testing.Committed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/settings.md} is what the records of the settings say of themselves. */
class SettingsPageTest {
    private static final String HEAD = """
            # Settings

            Of the server, as environment variables (`NUXARI_API_BODYLIMIT` for `nuxari.api.body-limit`), as arguments
            (`--nuxari.api.body-limit=2MB`) or in a properties file. A setting that is unknown or out of range stops the
            server at its start, with one line that names it. `./nuxari up` and `demo` set all that has no default here.
            This page is made from the code.

            | setting | default | what it is |
            |---|---|---|
            """;

    @Test
    void pageSaysWhatTheRecordsSay() throws IOException {
        String rows = settings().stream().map(SettingsPageTest::row).collect(joining());

        Committed.assertUpToDate("settings.md", HEAD + rows);
    }

    @Test
    void everyRecordOfSettingsIsDescribed() throws IOException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<String> records = scanner.findCandidateComponents("dev.nuxari").stream()
                .map(record -> String.valueOf(record.getBeanClassName()))
                .toList();

        assertThat(settings())
                .extracting(setting -> setting.get("sourceType").asString())
                .containsAll(records);
        assertThat(settings())
                .allSatisfy(setting -> assertThat(setting.has("description"))
                        .as("%s has a description", setting.get("name"))
                        .isTrue());
    }

    private static List<JsonNode> settings() throws IOException {
        try (InputStream metadata =
                NuxariServer.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared()
                    .readTree(metadata)
                    .get("properties")
                    .valueStream()
                    .filter(setting -> setting.get("name").asString().startsWith("nuxari."))
                    .sorted(Comparator.comparing(setting -> setting.get("name").asString()))
                    .toList();
        }
    }

    private static String words(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`").replaceAll("\\s+", " ");
    }

    private static String row(JsonNode setting) {
        JsonNode standard = setting.path("defaultValue");
        return "| `%s` | %s | %s |\n"
                .formatted(
                        setting.get("name").asString(),
                        standard.isMissingNode() || standard.asString().isEmpty()
                                ? "none"
                                : "`" + standard.asString() + "`",
                        words(setting.path("description").asString()));
    }
}
