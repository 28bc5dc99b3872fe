package dev.nuxari.e2e.claims;

import java.util.Comparator;

/**
 * A test that says it proves a claim.
 *
 * @param module the folder of the module it is in
 * @param className the binary name of the class that declares it
 * @param method the method's name; empty when the whole class proves the claim
 */
record ClaimedTest(String claim, String module, String className, String method) {
    static final Comparator<ClaimedTest> ORDER = Comparator.comparing(ClaimedTest::module)
            .thenComparing(ClaimedTest::className)
            .thenComparing(ClaimedTest::method);

    /** The name without its package: {@code OrganizationIsolationTest.queryOutsideAnyScopeFails}. */
    String shortName() {
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        return method.isEmpty() ? simple : simple + "." + method;
    }
}
