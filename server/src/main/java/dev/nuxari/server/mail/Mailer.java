package dev.nuxari.server.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Sends one letter at a time. Whoever has something to send keeps it until it is sent: nothing is remembered here. To be called
 * outside of transactions.
 */
@Component
public class Mailer {
    private static final Logger log = LoggerFactory.getLogger(Mailer.class);

    private final @Nullable JavaMailSenderImpl sender;
    private final String from;
    private final InstantSource clock;

    @Autowired
    Mailer(MailConfig config, InstantSource clock) {
        this(config, clock, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** For the tests, whose mail servers nobody in the world vouches for. */
    Mailer(MailConfig config, InstantSource clock, SSLSocketFactory trusting) {
        this.sender = config.host() == null ? null : sender(config, trusting);
        this.from = String.valueOf(config.from());
        this.clock = clock;
    }

    private static JavaMailSenderImpl sender(MailConfig config, SSLSocketFactory trusting) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(config.host());
        sender.setPort(config.port());
        sender.setUsername(config.username());
        sender.setPassword(config.password());
        sender.setDefaultEncoding(UTF_8.name());
        sender.setJavaMailProperties(properties(config, trusting));
        return sender;
    }

    private static Properties properties(MailConfig config, SSLSocketFactory trusting) {
        Properties properties = new Properties();
        String timeout = Long.toString(config.timeout().toMillis());
        properties.setProperty("mail.smtp.auth", Boolean.toString(config.username() != null));
        boolean starttls = config.protection() == MailConfig.Protection.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.setProperty(
                "mail.smtp.ssl.enable", Boolean.toString(config.protection() == MailConfig.Protection.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", trusting);
        Stream.of("connectiontimeout", "timeout", "writetimeout")
                .forEach(step -> properties.setProperty("mail.smtp." + step, timeout));
        // Else message ids would have the name of the machine and of its user in them.
        properties.setProperty("mail.from", String.valueOf(config.from()));
        return properties;
    }

    public boolean isConfigured() {
        return sender != null;
    }

    public Posting send(Letter letter) {
        if (sender == null) {
            return Posting.NOT_CONFIGURED;
        }
        try {
            sender.send(message(sender, letter));
            return Posting.SENT;
        } catch (MailException | MessagingException e) {
            Posting posting = posting(e);
            // What mail servers say may have the address in it.
            log.warn("a mail could not be sent: {}, {}", posting, e.getClass().getSimpleName());
            log.debug("what the mail server said", e);
            return posting;
        }
    }

    private MimeMessage message(JavaMailSenderImpl through, Letter letter) throws MessagingException {
        MimeMessage message = through.createMimeMessage();
        MimeMessageHelper parts =
                new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, UTF_8.name());
        parts.setFrom(from);
        parts.setTo(letter.to().text());
        parts.setSubject(letter.subject().words());
        parts.setText(letter.text(), letter.html());
        parts.setSentDate(Date.from(clock.instant()));
        // RFC 3834: nobody is to answer it by a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static Posting posting(Exception failure) {
        Throwable cause = failure instanceof MailSendException several && several.getMessageExceptions().length > 0
                ? several.getMessageExceptions()[0]
                : failure;
        for (Throwable each = cause; each != null; each = next(each)) {
            switch (each) {
                case SendFailedException refused
                when isAboutTheAddress(refused) -> {
                    return Posting.ADDRESS_REFUSED;
                }
                case SendFailedException _, AuthenticationFailedException _ -> {
                    return Posting.NOT_ACCEPTED;
                }
                case java.io.IOException _ -> {
                    return Posting.NO_CONNECTION;
                }
                default -> {
                    // Its cause says more.
                }
            }
        }
        return Posting.NO_CONNECTION;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException said && said.getNextException() != null
                ? said.getNextException()
                : failure.getCause();
    }

    /** A permanent refusal of the one recipient; the library puts it among the invalid addresses. */
    private static boolean isAboutTheAddress(SendFailedException refused) {
        return refused.getInvalidAddresses() != null && refused.getInvalidAddresses().length > 0;
    }
}
