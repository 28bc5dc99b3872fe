package dev.nuxari.platform;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process behind {@link MailServer}. */
final class MailSinkProcess {
    private MailSinkProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        MailSink sink = MailSink.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(sink::close, "stop-mail-sink"));
        new CountDownLatch(1).await();
    }
}
