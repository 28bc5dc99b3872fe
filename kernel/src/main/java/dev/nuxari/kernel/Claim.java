package dev.nuxari.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test that proves a claim of the product, such as {@code "A5"}. The build prints claims with their tests. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Claim {
    /** The numbers of the claims, as {@code docs/claims.md} lists them. */
    String[] value();
}
