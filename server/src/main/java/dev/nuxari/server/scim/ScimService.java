package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.BulkConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ChangePasswordConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.SortConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ETagFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What SCIM-SDK does for us: reading and validating what was sent, PATCH, filters, bulk, and the words of the answer. */
@Component
class ScimService {
    static final int LARGEST_PAGE = 200;
    static final int MOST_OPERATIONS = 1_000;
    private static final long LARGEST_BODY = 1024L * 1024L;

    private final ResourceEndpoint endpoint;
    private final InOneTransaction transactions;
    private final DirectoryGroups groups;
    private final DirectoryGroupStore groupStore;

    ScimService(
            UserHandler users,
            GroupHandler groupHandler,
            InOneTransaction transactions,
            DirectoryGroups groups,
            DirectoryGroupStore groupStore) {
        this.endpoint = new ResourceEndpoint(
                provider(), new UserEndpointDefinition(users), new GroupEndpointDefinition(groupHandler));
        // By itself the library compares versions of nothing.
        List.of(users, groupHandler)
                .forEach(handler -> handler.getResourceType()
                        .getFeatures()
                        .setETagFeature(ETagFeature.builder().enabled(true).build()));
        this.transactions = transactions;
        this.groups = groups;
        this.groupStore = groupStore;
    }

    private static ServiceProvider provider() {
        return ServiceProvider.builder()
                .filterConfig(FilterConfig.builder()
                        .supported(true)
                        .maxResults(LARGEST_PAGE)
                        .build())
                .sortConfig(SortConfig.builder().supported(true).build())
                .eTagConfig(ETagConfig.builder().supported(true).build())
                .changePasswordConfig(
                        ChangePasswordConfig.builder().supported(false).build())
                .patchConfig(PatchConfig.builder()
                        .supported(true)
                        .activateMsAzureFilterWorkaround(true)
                        .activateMsAzureValueSubAttributeWorkaround(true)
                        .activateMsAzureComplexSimpleValueWorkaround(true)
                        .build())
                .bulkConfig(BulkConfig.builder()
                        .supported(true)
                        .maxOperations(MOST_OPERATIONS)
                        .maxPayloadSize(LARGEST_BODY)
                        .build())
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("Bearer token")
                        .description("The token of a directory, as a bearer token (RFC 6750)")
                        .type("oauthbearertoken")
                        .build()))
                .lenientContentTypeChecking(true)
                .caseInsensitiveValidation(true)
                .build();
    }

    /** One request, as it came. */
    record Request(
            String address, HttpMethod method, @Nullable String body, Map<String, String> headers) {}

    ScimResponse answer(DirectoryClient client, Request request) {
        return endpoint.handleRequest(
                request.address(), request.method(), request.body(), request.headers(), new DirectoryContext(client));
    }

    /** What is asked of a group that was changed without reading it whole. */
    sealed interface GroupRuling {
        record Changed(int version) implements GroupRuling {}

        record Unknown() implements GroupRuling {}

        /** It is not the one that the caller has seen. */
        record Stale() implements GroupRuling {}
    }

    GroupRuling patchGroup(DirectoryClient client, UUID id, GroupPatch patch, @Nullable String ifMatch) {
        return transactions.run(client, false, () -> {
            Optional<DirectoryGroup> found = groupStore.lock(client.directory(), id);
            if (found.isEmpty()) {
                return new GroupRuling.Unknown();
            }
            if (ifMatch != null && !isVersion(ifMatch, found.get().version())) {
                return new GroupRuling.Stale();
            }
            DirectoryGroup changed = groups.patch(client, found.get(), patch).orElseThrow();
            return new GroupRuling.Changed(changed.version());
        });
    }

    static String eTag(int version) {
        return ETag.builder().weak(true).tag(String.valueOf(version)).build().getEntityTag();
    }

    private static boolean isVersion(String ifMatch, int version) {
        return ifMatch.strip().equals("*") || ifMatch.strip().replace("W/", "").equals("\"" + version + "\"");
    }
}
