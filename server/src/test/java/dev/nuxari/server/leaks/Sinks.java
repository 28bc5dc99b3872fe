package dev.nuxari.server.leaks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.leaks.Wire.Answer;
import dev.nuxari.server.testing.TestDatabase;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every place where something stays or goes out, searched to the last byte. */
final class Sinks {
    private final Leaks leaks;
    private final String control;
    private final JdbcClient jdbc = TestDatabase.beyondTheWalls();

    /** Puts a word of no importance where nothing of the sort would get to by itself. */
    Sinks(Leaks leaks, String control) {
        this.leaks = leaks;
        this.control = control;
    }

    /** All columns of all rows as text, binary ones in hexadecimal. */
    void tables() {
        texts("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
                .forEach(table -> rows("table " + table, "SELECT * FROM " + table));
    }

    /** What the database tells about what it does, and what it has gathered for its planner. */
    void views() {
        rows("view pg_stat_activity", "SELECT * FROM pg_stat_activity /* %s */".formatted(control));
        rows(
                "view pg_stats",
                "SELECT schemaname, tablename, attname, most_common_vals::text, histogram_bounds::text, "
                        + "most_common_elems::text FROM pg_stats");
        for (String view : texts("SELECT relname FROM pg_class WHERE relname = 'pg_stat_statements'")) {
            rows("view " + view, "SELECT * FROM " + view);
        }
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query((row, _) -> row.getString(1)).list();
    }

    private void rows(String sink, String sql) {
        jdbc.sql(sql).query(row -> {
            search(sink, row);
        });
    }

    private void search(String sink, ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = row.getString(i);
            if (value != null) {
                leaks.search(sink + "." + columns.getColumnName(i), value);
            }
        }
    }

    /** The files of the database after everything was written to them, those of other databases of the tests excepted. */
    void files() {
        assertThatThrownBy(() -> texts("SELECT CAST('%s' AS integer)::text".formatted(control)))
                .hasMessageContaining(control);
        jdbc.sql("CHECKPOINT").update();
        String own = texts("SELECT oid FROM pg_database WHERE datname = current_database()")
                .getFirst();
        Path cluster = Path.of(texts("SHOW data_directory").getFirst());
        try (Stream<Path> files = Files.walk(cluster)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = cluster.relativize(file).toString();
                if (!name.startsWith("base/") || name.startsWith("base/" + own + "/")) {
                    leaks.search("file below " + name.replaceFirst("/.*", ""), file);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        leaks.search("log of the database", SharedPostgres.instance().postgres().log());
    }

    void log(byte[] written) {
        leaks.search("log of the server", written);
    }

    void answers(List<Answer> answers) {
        for (Answer answer : answers) {
            String sink = "answer to " + answer.to();
            leaks.search(sink, answer.headers());
            leaks.search(sink, answer.body());
        }
    }

    /** What was put into the folder for temporary files since this process began. */
    void temporaryFiles() {
        Instant began =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        try {
            word(Files.createTempFile("nuxari", ".control"));
            for (Path entry : list(Path.of(System.getProperty("java.io.tmpdir")))) {
                if (Files.isRegularFile(entry) && isNewer(entry, began)) {
                    leaks.search("temporary file", entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder in which the container works: uploads, compiled pages, sessions, if there were any. */
    void container(ServletContext context) {
        Path work = ((File) context.getAttribute(ServletContext.TEMPDIR)).toPath();
        try {
            word(Files.createTempFile(work, "nuxari", ".control"));
            // Below it are the names of the engine, the host and the application.
            for (Path folder = work; folder != null; folder = folder.getParent()) {
                if (folder.getFileName().toString().startsWith("tomcat.")) {
                    tree("file of the container", folder);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void word(Path file) throws IOException {
        Files.writeString(file, control).toFile().deleteOnExit();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static boolean isNewer(Path file, Instant time) throws IOException {
        return Files.isReadable(file)
                && !Files.getLastModifiedTime(file).toInstant().isBefore(time);
    }

    private void tree(String sink, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> leaks.search(sink, file));
        }
    }

    /** What the process tells of itself to whoever may look at it from outside. */
    void management() {
        System.setProperty("nuxari.control", control);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    leaks.search("management of the process", value(server, name, attribute.getName()));
                }
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
        System.clearProperty("nuxari.control");
    }

    /** Some attributes cannot be read in every process. */
    private static String value(MBeanServer server, ObjectName name, String attribute) {
        try {
            return Arrays.deepToString(new Object[] {server.getAttribute(name, attribute)});
        } catch (JMException | RuntimeException _) {
            return "";
        }
    }

    /** An evidence package in one of the forms in which it is handed out. */
    void export(String format, byte[] file) {
        leaks.search("export as " + format, file);
        if (format.equals("pdf")) {
            pdf(file);
        }
    }

    /** Titles, subjects and the like stand outside the streams, as text or in UTF-16. */
    private void strings(@Nullable COSBase object) {
        switch (object) {
            case COSString string -> leaks.search("strings of a PDF", string.getString());
            case COSArray array -> array.forEach(this::strings);
            case COSDictionary dictionary -> dictionary.getValues().forEach(this::strings);
            case null, default -> {}
        }
    }

    private void pdf(byte[] file) {
        try (PDDocument document = Loader.loadPDF(file)) {
            // Long words are broken at the end of a line.
            leaks.search(
                    "text of a PDF", new PDFTextStripper().getText(document).replaceAll("\\s+", ""));
            COSDocument objects = document.getDocument();
            for (COSObjectKey key : Set.copyOf(objects.getXrefTable().keySet())) {
                COSBase object = objects.getObjectFromPool(key).getObject();
                if (object instanceof COSStream stream) {
                    try (var input = stream.createInputStream()) {
                        leaks.search("streams of a PDF", input.readAllBytes());
                    }
                }
                strings(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
