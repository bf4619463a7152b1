#include "menus.h"

#include <plugin.h>
#include <prpl.h>
#include <string.h>

#include "accounts.h"
#include "blist.h"
#include "chats.h"
#include "commands.h"

/* The way through a menu, label by label. */
typedef struct
{
    guint length;
    JsonArray *labels;
} MenuPath;

static gboolean require_path(JsonObject *arguments, MenuPath *path, GError **error)
{
    JsonNode *node = json_object_get_member(arguments, "path");
    path->labels = node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    path->length = path->labels != NULL ? json_array_get_length(path->labels) : 0;
    for (guint i = 0; i < path->length; i++)
    {
        JsonNode *label = json_array_get_element(path->labels, i);
        if (!JSON_NODE_HOLDS_VALUE(label) || json_node_get_value_type(label) != G_TYPE_STRING)
            path->length = 0;
    }

    return path->length > 0 || fail(error, "'path' is missing, or no array of labels");
}

/* A NULL in a menu is a separator. Menus belong to who asked for them, their children too. */
static void free_menu(GList *menu)
{
    for (GList *item = menu; item != NULL; item = item->next)
    {
        PurpleMenuAction *action = item->data;
        if (action == NULL)
            continue;
        free_menu(action->children);
        action->children = NULL;
        purple_menu_action_free(action);
    }

    g_list_free(menu);
}

static void put_menu(JsonArray *array, GList *menu)
{
    for (; menu != NULL; menu = menu->next)
    {
        PurpleMenuAction *action = menu->data;
        if (action == NULL)
            continue;
        JsonObject *entry = append_object(array);
        put_string(entry, "label", action->label);
        put_bool(entry, "enabled", action->callback != NULL);
        if (action->children != NULL)
            put_menu(put_array(entry, "children"), action->children);
    }
}

static gboolean choose(GList *menu, const MenuPath *path, gpointer object, GError **error)
{
    PurpleMenuAction *found = NULL;
    for (guint i = 0; i < path->length; i++)
    {
        const char *label = json_array_get_string_element(path->labels, i);
        found = NULL;
        for (; menu != NULL && found == NULL; menu = menu->next)
        {
            PurpleMenuAction *action = menu->data;
            /* Labels may be indented. */
            char *stripped = action != NULL ? g_strstrip(g_strdup(action->label)) : NULL;
            if (stripped != NULL && strcmp(stripped, label) == 0)
                found = action;
            g_free(stripped);
        }

        if (found == NULL)
            return fail(error, "there is no '%s' in the menu", label);
        menu = found->children;
    }

    if (found->callback == NULL)
        return fail(error, "'%s' cannot be chosen", found->label);
    ((void (*)(gpointer, gpointer))found->callback)(object, found->data);
    return TRUE;
}

static GList *menu_of(PurpleConnection *connection, PurpleBlistNode *node)
{
    PurplePluginProtocolInfo *protocol = PURPLE_PLUGIN_PROTOCOL_INFO(purple_connection_get_prpl(connection));
    return protocol->blist_node_menu != NULL ? protocol->blist_node_menu(node) : NULL;
}

static gboolean show_node(JsonObject *arguments, PurpleBlistNode *node, JsonObject *answer, GError **error)
{
    PurpleConnection *connection = require_connection(arguments, error);
    if (node == NULL || connection == NULL)
        return FALSE;
    GList *menu = menu_of(connection, node);
    put_menu(put_array(answer, "menu"), menu);
    free_menu(menu);
    return TRUE;
}

static gboolean choose_node(JsonObject *arguments, PurpleBlistNode *node, GError **error)
{
    MenuPath path;
    PurpleConnection *connection = require_connection(arguments, error);
    if (node == NULL || connection == NULL || !require_path(arguments, &path, error))
        return FALSE;
    GList *menu = menu_of(connection, node);
    gboolean ok = choose(menu, &path, node, error);
    free_menu(menu);
    return ok;
}

static gboolean buddy_menu(JsonObject *arguments, JsonObject *answer, GError **error)
{
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    return show_node(arguments, (PurpleBlistNode *)require_buddy(arguments, error), answer, error);
}

static gboolean buddy_choose(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    return choose_node(arguments, (PurpleBlistNode *)require_buddy(arguments, error), error);
}

static gboolean group_menu(JsonObject *arguments, JsonObject *answer, GError **error)
{
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    return show_node(arguments, (PurpleBlistNode *)require_group(arguments, "name", error), answer, error);
}

static gboolean group_choose(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    if (require_connection(arguments, error) == NULL)
        return FALSE;
    return choose_node(arguments, (PurpleBlistNode *)require_group(arguments, "name", error), error);
}

/* A chat need not be in the buddy list to have a menu: the plugin finds its conversation by the defaults that it gives itself. */
static PurpleChat *chat_node(JsonObject *arguments, GError **error)
{
    PurpleConversation *conversation = require_chat(arguments, error);
    if (conversation == NULL)
        return NULL;
    PurpleConnection *connection = purple_conversation_get_gc(conversation);
    PurplePluginProtocolInfo *protocol = PURPLE_PLUGIN_PROTOCOL_INFO(purple_connection_get_prpl(connection));
    GHashTable *components = protocol->chat_info_defaults != NULL
        ? protocol->chat_info_defaults(connection, purple_conversation_get_name(conversation))
        : g_hash_table_new(g_str_hash, g_str_equal);
    return purple_chat_new(purple_connection_get_account(connection), NULL, components);
}

static gboolean chat_menu(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleChat *chat = chat_node(arguments, error);
    if (chat == NULL)
        return FALSE;
    gboolean ok = show_node(arguments, (PurpleBlistNode *)chat, answer, error);
    purple_blist_remove_chat(chat);
    return ok;
}

static gboolean chat_choose(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleChat *chat = chat_node(arguments, error);
    if (chat == NULL)
        return FALSE;
    gboolean ok = choose_node(arguments, (PurpleBlistNode *)chat, error);
    purple_blist_remove_chat(chat);
    return ok;
}

static GList *plugin_actions(PurpleConnection *connection)
{
    PurplePlugin *plugin = purple_connection_get_prpl(connection);
    return PURPLE_PLUGIN_HAS_ACTIONS(plugin) ? PURPLE_PLUGIN_ACTIONS(plugin, connection) : NULL;
}

static void free_actions(GList *actions)
{
    for (GList *item = actions; item != NULL; item = item->next)
        if (item->data != NULL)
            purple_plugin_action_free(item->data);
    g_list_free(actions);
}

static gboolean plugin_menu(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    GList *actions = plugin_actions(connection);
    JsonArray *menu = put_array(answer, "menu");
    for (GList *item = actions; item != NULL; item = item->next)
        if (item->data != NULL)
            put_string(append_object(menu), "label", ((PurplePluginAction *)item->data)->label);
    free_actions(actions);
    return TRUE;
}

static gboolean plugin_choose(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *label = require_string(arguments, "label", error);
    if (label == NULL)
        return FALSE;
    GList *actions = plugin_actions(connection);
    PurplePluginAction *found = NULL;
    for (GList *item = actions; item != NULL && found == NULL; item = item->next)
        if (item->data != NULL && strcmp(((PurplePluginAction *)item->data)->label, label) == 0)
            found = item->data;
    if (found != NULL)
    {
        found->plugin = purple_connection_get_prpl(connection);
        found->context = connection;
        found->callback(found);
    }
    else
    {
        fail(error, "the plugin has no action '%s'", label);
    }

    free_actions(actions);
    return found != NULL;
}

void menus_init(void)
{
    static const Command commands[] = {
        { "buddy.menu", buddy_menu },
        { "buddy.choose", buddy_choose },
        { "group.menu", group_menu },
        { "group.choose", group_choose },
        { "chat.menu", chat_menu },
        { "chat.choose", chat_choose },
        { "plugin.menu", plugin_menu },
        { "plugin.choose", plugin_choose },
        { NULL, NULL },
    };

    commands_add(commands);
}
