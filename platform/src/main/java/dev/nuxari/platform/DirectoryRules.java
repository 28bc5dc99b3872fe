package dev.nuxari.platform;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedCompareRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSASLBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the in-memory server does not have by itself: who may do what, locked accounts, and a disk. */
final class DirectoryRules extends InMemoryOperationInterceptor {
    private final DN observer;
    private final DN operator;
    private final Path file;
    private final Map<Long, DN> boundAs = new ConcurrentHashMap<>();
    private @Nullable InMemoryDirectoryServer server;

    DirectoryRules(String baseDn, Path file) throws LDAPException {
        this.observer = new DN(Directory.OBSERVER + "," + baseDn);
        this.operator = new DN(Directory.OPERATOR + "," + baseDn);
        this.file = file;
    }

    /** From now on these rules hold for the server, which gets the content of the file. */
    void guard(InMemoryDirectoryServer guarded) throws LDAPException {
        if (Files.exists(file)) {
            guarded.importFromLDIF(true, file.toFile());
        }
        server = guarded;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
        boundAs.remove(request.getConnectionID());
        InMemoryDirectoryServer guarded = server;
        // Operational, so it has to be asked for by name.
        Entry entry =
                guarded == null ? null : guarded.getEntry(request.getRequest().getBindDN(), Directory.LOCK_ATTRIBUTE);
        if (entry != null && entry.hasAttributeValue(Directory.LOCK_ATTRIBUTE, Directory.LOCKED)) {
            throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "the account is locked");
        }
    }

    @Override
    public void processSASLBindRequest(InMemoryInterceptedSASLBindRequest request) throws LDAPException {
        throw new LDAPException(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "simple binds only");
    }

    @Override
    public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult result) {
        if (requireNonNull(result.getResult()).getResultCode().equals(ResultCode.SUCCESS)) {
            try {
                boundAs.put(result.getConnectionID(), new DN(result.getRequest().getBindDN()));
            } catch (LDAPException e) {
                throw new IllegalStateException("a name that was bound is a name", e);
            }
        }
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
        boolean rootEntry = request.getRequest().getBaseDN().isEmpty();
        if (!rootEntry) {
            requireReader(request);
        }
    }

    @Override
    public void processCompareRequest(InMemoryInterceptedCompareRequest request) throws LDAPException {
        requireReader(request);
    }

    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
        requireOperator(request);
    }

    @Override
    public void processDeleteRequest(InMemoryInterceptedDeleteRequest request) throws LDAPException {
        requireOperator(request);
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
        requireOperator(request);
    }

    @Override
    public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest request) throws LDAPException {
        requireOperator(request);
    }

    @Override
    public void processAddResult(InMemoryInterceptedAddResult result) {
        result.setResult(kept(result.getResult()));
    }

    @Override
    public void processDeleteResult(InMemoryInterceptedDeleteResult result) {
        result.setResult(kept(result.getResult()));
    }

    @Override
    public void processModifyResult(InMemoryInterceptedModifyResult result) {
        result.setResult(kept(result.getResult()));
    }

    @Override
    public void processModifyDNResult(InMemoryInterceptedModifyDNResult result) {
        result.setResult(kept(result.getResult()));
    }

    private void requireReader(InMemoryInterceptedRequest request) throws LDAPException {
        DN caller = boundAs.get(request.getConnectionID());
        if (!observer.equals(caller)) {
            requireOperator(request);
        }
    }

    private void requireOperator(InMemoryInterceptedRequest request) throws LDAPException {
        if (!operator.equals(boundAs.get(request.getConnectionID()))) {
            throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "not permitted");
        }
    }

    /** The result to answer with: success only when the change is on the disk. */
    private synchronized LDAPResult kept(@Nullable LDAPResult given) {
        LDAPResult result = requireNonNull(given);
        InMemoryDirectoryServer guarded = server;
        if (guarded == null || !result.getResultCode().equals(ResultCode.SUCCESS)) {
            return result;
        }
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            guarded.exportToLDIF(fresh.toString(), true, true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } catch (LDAPException | IOException e) {
            return new LDAPResult(
                    result.getMessageID(),
                    ResultCode.UNWILLING_TO_PERFORM,
                    "cannot write: " + e,
                    null,
                    List.of(),
                    List.of());
        }
    }
}
