package dev.nuxari.server.testing;

import dev.nuxari.platform.MailSink;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The mail server of all tests of a JVM: it takes what the server sends, and tests read it. */
public final class TestMailbox {
    private static final Pattern LINK = Pattern.compile("http://\\S+/invite#(nxi_[A-Za-z0-9_-]+)");
    private static final TestMailbox INSTANCE = new TestMailbox();

    private final Path folder;
    private final MailSink sink;

    private TestMailbox() {
        try {
            folder = Files.createTempDirectory("nuxari-mail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sink = MailSink.start(folder, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(sink::close, "stop-test-mailbox"));
    }

    public static TestMailbox instance() {
        return INSTANCE;
    }

    int port() {
        return sink.port();
    }

    /** What has come for an address, the oldest first. */
    public List<MimeMessage> mails(String address) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith("-" + address.toLowerCase(Locale.ROOT) + ".eml"))
                    .sorted()
                    .map(TestMailbox::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many have come for the address, and answers the last one. */
    public MimeMessage await(String address, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> mails(address), mails -> mails.size() >= count)
                .get(count - 1);
    }

    /** The token in the link of the mail that is the so many-th for that address. */
    public String inviteToken(String address, int count) {
        Matcher link = LINK.matcher(text(await(address, count), "text/plain"));
        if (!link.find()) {
            throw new AssertionError("the mail has no link");
        }
        return link.group(1);
    }

    /** The body of that type. */
    public static String text(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return String.valueOf(part.getContent());
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    String found = text(parts.getBodyPart(i), type);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return "";
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static MimeMessage read(Path file) {
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
