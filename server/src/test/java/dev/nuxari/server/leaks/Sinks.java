package dev.nuxari.server.leaks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.leaks.Wire.Answer;
import dev.nuxari.server.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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

    /** An evidence package in one of the forms in which it is handed out. */
    void export(String format, byte[] file) {
        leaks.search("export as " + format, file);
        if (format.equals("pdf")) {
            pdf(file);
        }
    }

    private void pdf(byte[] file) {
        try (PDDocument document = Loader.loadPDF(file)) {
            // Long words are broken at the end of a line.
            leaks.search(
                    "text of a PDF", new PDFTextStripper().getText(document).replaceAll("\\s+", ""));
            COSDocument objects = document.getDocument();
            for (COSObjectKey key : Set.copyOf(objects.getXrefTable().keySet())) {
                if (objects.getObjectFromPool(key).getObject() instanceof COSStream stream) {
                    try (var input = stream.createInputStream()) {
                        leaks.search("streams of a PDF", input.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
