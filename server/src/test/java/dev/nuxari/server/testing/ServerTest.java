package dev.nuxari.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * A test with the whole server, on a free port and the real database. All classes that add nothing to the annotation share
 * one server, so it starts once per JVM; two would take each other's timers.
 *
 * <p>Besides the server's own beans there are {@link TestHttp} and {@link ManualClock} to inject.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public @interface ServerTest {}
