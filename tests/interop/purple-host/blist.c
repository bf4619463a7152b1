#include "blist.h"

#include <prpl.h>
#include <server.h>

#include "accounts.h"
#include "commands.h"
#include "statuses.h"

PurpleGroup *require_group(JsonObject *arguments, const char *name, GError **error)
{
    const char *group_name = require_string(arguments, name, error);
    if (group_name == NULL)
        return NULL;
    PurpleGroup *group = purple_find_group(group_name);
    if (group == NULL)
        fail(error, "there is no group '%s'", group_name);
    return group;
}

PurpleBuddy *require_buddy(JsonObject *arguments, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return NULL;
    const char *name = require_string(arguments, "name", error);
    if (name == NULL)
        return NULL;
    PurpleGroup *group = NULL;
    if (json_object_has_member(arguments, "group") && (group = require_group(arguments, "group", error)) == NULL)
        return NULL;
    PurpleBuddy *buddy = group != NULL ? purple_find_buddy_in_group(account, name, group) : purple_find_buddy(account, name);
    if (buddy == NULL)
        fail(error, "there is no buddy '%s'%s%s", name, group != NULL ? " in " : "", group != NULL ? purple_group_get_name(group) : "");
    return buddy;
}

static void put_buddy(JsonObject *object, PurpleBuddy *buddy)
{
    put_string(object, "name", purple_buddy_get_name(buddy));
    put_string(object, "alias", purple_buddy_get_local_buddy_alias(buddy));
    put_string(object, "serverAlias", purple_buddy_get_server_alias(buddy));
    PurpleGroup *group = purple_buddy_get_group(buddy);
    if (group != NULL)
        put_string(object, "group", purple_group_get_name(group));
    put_presence(object, purple_buddy_get_presence(buddy));

    /* What a user reads beside the name. */
    PurplePlugin *plugin = purple_find_prpl(purple_account_get_protocol_id(purple_buddy_get_account(buddy)));
    PurplePluginProtocolInfo *protocol = plugin != NULL ? PURPLE_PLUGIN_PROTOCOL_INFO(plugin) : NULL;
    if (protocol != NULL && protocol->status_text != NULL && purple_account_is_connected(purple_buddy_get_account(buddy)))
    {
        char *text = protocol->status_text(buddy);
        put_string(object, "statusText", text);
        g_free(text);
    }
}

static void put_children(JsonArray *buddies, PurpleBlistNode *parent)
{
    for (PurpleBlistNode *node = purple_blist_node_get_first_child(parent); node != NULL; node = purple_blist_node_get_sibling_next(node))
    {
        if (PURPLE_BLIST_NODE_IS_BUDDY(node))
            put_buddy(append_object(buddies), PURPLE_BUDDY(node));
        else if (PURPLE_BLIST_NODE_IS_CONTACT(node))
            put_children(buddies, node);
    }
}

static gboolean list(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)arguments;
    (void)error;
    JsonArray *groups = put_array(answer, "groups");
    for (PurpleBlistNode *node = purple_blist_get_root(); node != NULL; node = purple_blist_node_get_sibling_next(node))
    {
        if (!PURPLE_BLIST_NODE_IS_GROUP(node))
            continue;
        JsonObject *group = append_object(groups);
        put_string(group, "name", purple_group_get_name(PURPLE_GROUP(node)));
        put_children(put_array(group, "buddies"), node);
    }

    return TRUE;
}

static gboolean buddy_get(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleBuddy *buddy = require_buddy(arguments, error);
    if (buddy == NULL)
        return FALSE;
    put_buddy(answer, buddy);
    return TRUE;
}

static gboolean buddy_add(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *name = require_string(arguments, "name", error);
    if (name == NULL)
        return FALSE;
    const char *group_name = require_string(arguments, "group", error);
    if (group_name == NULL)
        return FALSE;

    PurpleAccount *account = purple_connection_get_account(connection);
    PurpleGroup *group = purple_find_group(group_name);
    if (group == NULL)
    {
        group = purple_group_new(group_name);
        purple_blist_add_group(group, NULL);
    }

    if (purple_find_buddy_in_group(account, name, group) != NULL)
        return fail(error, "%s is in %s already", name, group_name);
    PurpleBuddy *buddy = purple_buddy_new(account, name, optional_string(arguments, "alias"));
    purple_blist_add_buddy(buddy, NULL, group, NULL);
    purple_account_add_buddy(account, buddy);
    return TRUE;
}

static gboolean buddy_remove(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    PurpleBuddy *buddy = require_buddy(arguments, error);
    if (buddy == NULL)
        return FALSE;
    purple_account_remove_buddy(purple_buddy_get_account(buddy), buddy, purple_buddy_get_group(buddy));
    purple_blist_remove_buddy(buddy);
    return TRUE;
}

static gboolean buddy_move(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    PurpleBuddy *buddy = require_buddy(arguments, error);
    if (buddy == NULL)
        return FALSE;
    PurpleGroup *group = require_group(arguments, "to", error);
    if (group == NULL)
        return FALSE;
    purple_blist_add_contact(purple_buddy_get_contact(buddy), group, NULL);
    return TRUE;
}

static gboolean buddy_alias(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleBuddy *buddy = require_buddy(arguments, error);
    if (buddy == NULL)
        return FALSE;
    purple_blist_alias_buddy(buddy, optional_string(arguments, "alias"));
    serv_alias_buddy(buddy);
    return TRUE;
}

static gboolean group_add(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    const char *name = require_string(arguments, "name", error);
    if (name == NULL)
        return FALSE;
    if (purple_find_group(name) != NULL)
        return fail(error, "group '%s' is there already", name);
    purple_blist_add_group(purple_group_new(name), NULL);
    return TRUE;
}

static gboolean group_rename(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleGroup *group = require_group(arguments, "name", error);
    if (group == NULL)
        return FALSE;
    const char *to = require_string(arguments, "to", error);
    if (to == NULL)
        return FALSE;
    purple_blist_rename_group(group, to);
    return TRUE;
}

static gboolean group_remove(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    PurpleGroup *group = require_group(arguments, "name", error);
    if (group == NULL)
        return FALSE;
    if (purple_blist_get_group_size(group, TRUE) > 0)
        return fail(error, "group '%s' is not empty", purple_group_get_name(group));
    purple_account_remove_group(account, group);
    purple_blist_remove_group(group);
    return TRUE;
}

/* What a user reads when the pointer rests on a buddy. */
static gboolean buddy_tooltip(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    PurpleBuddy *buddy = require_buddy(arguments, error);
    if (buddy == NULL)
        return FALSE;
    PurplePluginProtocolInfo *protocol = PURPLE_PLUGIN_PROTOCOL_INFO(purple_connection_get_prpl(connection));
    if (protocol->tooltip_text == NULL)
        return fail(error, "this protocol has no tooltips");
    PurpleNotifyUserInfo *info = purple_notify_user_info_new();
    protocol->tooltip_text(buddy, info, TRUE);
    JsonArray *entries = put_array(answer, "entries");
    for (GList *item = purple_notify_user_info_get_entries(info); item != NULL; item = item->next)
    {
        JsonObject *entry = append_object(entries);
        put_string(entry, "label", purple_notify_user_info_entry_get_label(item->data));
        put_string(entry, "value", purple_notify_user_info_entry_get_value(item->data));
    }

    purple_notify_user_info_destroy(info);
    return TRUE;
}

/* The answer comes as an event: notify-userinfo. */
static gboolean buddy_info(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *name = require_string(arguments, "name", error);
    if (name == NULL)
        return FALSE;
    serv_get_info(connection, name);
    return TRUE;
}

static void buddy_event(const char *name, PurpleBuddy *buddy)
{
    JsonObject *event = account_event(name, purple_buddy_get_account(buddy));
    put_buddy(event, buddy);
    write_line(event);
}

static void on_buddy(PurpleBuddy *buddy, gpointer data)
{
    buddy_event(data, buddy);
}

static void on_status(PurpleBuddy *buddy, PurpleStatus *old, PurpleStatus *new, gpointer data)
{
    (void)old;
    (void)new;
    buddy_event(data, buddy);
}

static void on_idle(PurpleBuddy *buddy, gboolean old, gboolean new, gpointer data)
{
    (void)old;
    (void)new;
    buddy_event(data, buddy);
}

static void on_node(PurpleBlistNode *node, gpointer data)
{
    if (!PURPLE_BLIST_NODE_IS_GROUP(node))
        return;
    JsonObject *event = event_new(data);
    put_string(event, "name", purple_group_get_name(PURPLE_GROUP(node)));
    write_line(event);
}

static void on_alias(PurpleBlistNode *node, const char *old, gpointer data)
{
    if (PURPLE_BLIST_NODE_IS_BUDDY(node))
    {
        buddy_event(data, PURPLE_BUDDY(node));
    }
    else if (PURPLE_BLIST_NODE_IS_GROUP(node))
    {
        /* A group's name is its alias. */
        JsonObject *event = event_new("group-renamed");
        put_string(event, "old", old);
        put_string(event, "name", purple_group_get_name(PURPLE_GROUP(node)));
        write_line(event);
    }
}

void blist_init(void)
{
    static const Command commands[] = {
        { "blist.list", list },
        { "buddy.get", buddy_get },
        { "buddy.add", buddy_add },
        { "buddy.remove", buddy_remove },
        { "buddy.move", buddy_move },
        { "buddy.alias", buddy_alias },
        { "buddy.tooltip", buddy_tooltip },
        { "buddy.info", buddy_info },
        { "group.add", group_add },
        { "group.rename", group_rename },
        { "group.remove", group_remove },
        { NULL, NULL },
    };
    static int handle;

    commands_add(commands);
    void *blist = purple_blist_get_handle();
    purple_signal_connect(blist, "buddy-added", &handle, PURPLE_CALLBACK(on_buddy), "buddy-added");
    purple_signal_connect(blist, "buddy-removed", &handle, PURPLE_CALLBACK(on_buddy), "buddy-removed");
    purple_signal_connect(blist, "buddy-signed-on", &handle, PURPLE_CALLBACK(on_buddy), "buddy-signed-on");
    purple_signal_connect(blist, "buddy-signed-off", &handle, PURPLE_CALLBACK(on_buddy), "buddy-signed-off");
    purple_signal_connect(blist, "buddy-status-changed", &handle, PURPLE_CALLBACK(on_status), "buddy-status-changed");
    purple_signal_connect(blist, "buddy-idle-changed", &handle, PURPLE_CALLBACK(on_idle), "buddy-idle-changed");
    purple_signal_connect(blist, "blist-node-added", &handle, PURPLE_CALLBACK(on_node), "group-added");
    purple_signal_connect(blist, "blist-node-removed", &handle, PURPLE_CALLBACK(on_node), "group-removed");
    purple_signal_connect(blist, "blist-node-aliased", &handle, PURPLE_CALLBACK(on_alias), "buddy-aliased");
}
