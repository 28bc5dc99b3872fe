package dev.nuxari.platform;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process behind {@link Directory}. */
final class DirectoryProcess {
    private DirectoryProcess() {}

    public static void main(String[] arguments) throws IOException, LDAPException, LDIFException, InterruptedException {
        for (Json.Obj tree :
                Json.parseObject(Files.readString(Path.of(arguments[0]))).objects("trees")) {
            serve(tree);
        }
        new CountDownLatch(1).await();
    }

    private static void serve(Json.Obj tree) throws LDAPException, LDIFException, IOException {
        String baseDn = tree.string("baseDn");
        InMemoryDirectoryServerConfig configuration = new InMemoryDirectoryServerConfig(baseDn);
        configuration.addAdditionalBindCredentials(Directory.OBSERVER + "," + baseDn, tree.string("observerPassword"));
        configuration.addAdditionalBindCredentials(Directory.OPERATOR + "," + baseDn, tree.string("operatorPassword"));
        configuration.setSchema(schema());
        configuration.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig(
                "loopback",
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                Math.toIntExact(tree.integer("port")),
                null));
        DirectoryRules rules = new DirectoryRules(baseDn, Path.of(tree.string("ldif")));
        configuration.addInMemoryOperationInterceptor(rules);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(configuration);
        rules.guard(server);
        server.startListening();
    }

    /** The standard schema, and the lock as 389 Directory Server defines it: operational, so that any entry may have it. */
    private static Schema schema() throws LDAPException, LDIFException {
        Entry more = new Entry(
                "dn: cn=schema",
                "objectClass: top",
                "objectClass: ldapSubentry",
                "objectClass: subschema",
                "cn: schema",
                "attributeTypes: ( 2.16.840.1.113730.3.1.610 NAME '" + Directory.LOCK_ATTRIBUTE
                        + "' SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 EQUALITY booleanMatch SINGLE-VALUE"
                        + " USAGE directoryOperation )");
        return requireNonNull(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), new Schema(more)));
    }
}
