package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.features.EndpointType;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.interceptor.Interceptor;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import dev.nuxari.server.scim.DirectoryGroupStore.Membership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the library asks about users. */
@Component
class UserHandler extends ResourceHandler<User> {
    private final DirectoryUsers users;
    private final DirectoryUserStore store;
    private final DirectoryGroupStore groups;
    private final UserDocument document;
    private final InOneTransaction transactions;

    UserHandler(
            DirectoryUsers users,
            DirectoryUserStore store,
            DirectoryGroupStore groups,
            UserDocument document,
            InOneTransaction transactions) {
        this.users = users;
        this.store = store;
        this.groups = groups;
        this.document = document;
        this.transactions = transactions;
    }

    @Override
    public Interceptor getInterceptor(EndpointType type) {
        return transactions.of(type);
    }

    @Override
    public User createResource(User sent, Context context) {
        return UserDocument.written(users.add(DirectoryContext.client(context), document.read(sent)), List.of());
    }

    // The library knows a missing user by null.
    @SuppressWarnings("NullAway")
    @Override
    public @Nullable User getResource(
            String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excludedAttributes, Context context) {
        return Ids.parse(id)
                .flatMap(user -> store.find(DirectoryContext.client(context).directory(), user))
                .map(this::withGroups)
                .orElse(null);
    }

    @SuppressWarnings("NullAway")
    @Override
    public @Nullable User getResourceForUpdate(
            String id,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excludedAttributes,
            Context context,
            EndpointType type) {
        return Ids.parse(id)
                .flatMap(user -> store.lock(DirectoryContext.client(context).directory(), user))
                .map(this::withGroups)
                .orElse(null);
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // The library's.
    @Override
    public PartialListResponse<User> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excludedAttributes,
            Context context) {
        DirectoryId directory = DirectoryContext.client(context).directory();
        Optional<List<DirectoryUser>> exact = exactly(directory, filter, count);
        if (exact.isPresent()) {
            List<DirectoryUser> found = startIndex > 1 ? List.of() : exact.get();
            return listed(found, exact.get().size());
        }
        Search search = new Search(
                filter == null ? null : FilterPath.of(filter),
                null,
                sortBy == null ? List.of() : FilterPath.place(sortBy),
                sortOrder != SortOrder.DESCENDING,
                startIndex - 1,
                count);
        long total = filter == null ? store.count(directory) : store.count(directory, search);
        if (count == 0 || search.offset() >= total) {
            return listed(List.of(), total);
        }
        return listed(search.isPlain() ? store.list(directory, search) : store.search(directory, search), total);
    }

    /** What directories ask before each change, and what an index answers. */
    private Optional<List<DirectoryUser>> exactly(DirectoryId directory, @Nullable FilterNode filter, int count) {
        if (!(filter instanceof AttributeExpressionLeaf leaf) || leaf.getComparator() != Comparator.EQ || count == 0) {
            return Optional.empty();
        }
        return leaf.getStringValue().flatMap(value -> switch (leaf.getSchemaAttribute()
                .getScimNodeName()) {
            case "userName" -> Optional.of(store.byUserName(directory, value));
            case "externalId" -> some(store.byExternalId(directory, value, count + 1), count);
            case "id" ->
                Optional.of(Ids.parse(value).flatMap(id -> store.find(directory, id)).stream()
                        .toList());
            default -> Optional.empty();
        });
    }

    /** If there are more than a page, they have to be counted. */
    private static Optional<List<DirectoryUser>> some(List<DirectoryUser> found, int count) {
        return found.size() > count ? Optional.empty() : Optional.of(found);
    }

    private PartialListResponse<User> listed(List<DirectoryUser> found, long total) {
        Map<UUID, List<Membership>> in = found.isEmpty()
                ? Map.of()
                : groups.groupsOf(found.stream().map(DirectoryUser::id).toList()).stream()
                        .collect(Collectors.groupingBy(Membership::of));
        return PartialListResponse.<User>builder()
                .resources(found.stream()
                        .map(user -> UserDocument.written(user, nodes(in.getOrDefault(user.id(), List.of()))))
                        .toList())
                .totalResults(total)
                .build();
    }

    private User withGroups(DirectoryUser user) {
        return UserDocument.written(user, nodes(groups.groupsOf(List.of(user.id()))));
    }

    private static List<GroupNode> nodes(List<Membership> memberships) {
        return memberships.stream()
                .map(one -> GroupNode.builder()
                        .value(one.id().toString())
                        .display(one.display())
                        .type("direct")
                        .build())
                .toList();
    }

    @Override
    public User updateResource(User sent, Context context) {
        String id = sent.getId().orElse("");
        return Ids.parse(id)
                .flatMap(user -> users.replace(DirectoryContext.client(context), user, document.read(sent)))
                .map(this::withGroups)
                .orElseThrow(() -> unknown(id));
    }

    @Override
    public void deleteResource(String id, Context context) {
        boolean removed = Ids.parse(id)
                .filter(user -> users.remove(DirectoryContext.client(context), user))
                .isPresent();
        if (!removed) {
            throw unknown(id);
        }
    }

    private static ResourceNotFoundException unknown(String id) {
        return new ResourceNotFoundException("There is no user " + id + ".");
    }
}
