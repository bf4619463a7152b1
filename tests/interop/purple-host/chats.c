#include "chats.h"

#include <prpl.h>
#include <server.h>

#include "accounts.h"
#include "commands.h"

PurpleConversation *require_chat(JsonObject *arguments, GError **error)
{
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return NULL;
    const char *name = require_string(arguments, "chat", error);
    if (name == NULL)
        return NULL;
    PurpleConversation *conversation = purple_find_conversation_with_account(PURPLE_CONV_TYPE_CHAT, name, purple_connection_get_account(connection));
    if (conversation == NULL)
        fail(error, "there is no chat '%s'", name);
    return conversation;
}

/* What identifies a chat is the plugin's: members of 'components', as strings. */
static gboolean join(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    JsonNode *node = json_object_get_member(arguments, "components");
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node))
        return fail(error, "'components' is missing, or no object");
    JsonObject *object = json_node_get_object(node);
    GHashTable *components = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GList *names = json_object_get_members(object);
    gboolean ok = TRUE;
    for (GList *item = names; item != NULL && ok; item = item->next)
    {
        const char *value = require_string(object, item->data, error);
        ok = value != NULL;
        if (ok)
            g_hash_table_insert(components, g_strdup(item->data), g_strdup(value));
    }

    if (ok)
        serv_join_chat(connection, components);
    g_list_free(names);
    g_hash_table_destroy(components);
    return ok;
}

static gboolean leave(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConversation *chat = require_chat(arguments, error);
    if (chat == NULL)
        return FALSE;
    purple_conversation_destroy(chat);
    return TRUE;
}

static gboolean invite(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConversation *chat = require_chat(arguments, error);
    if (chat == NULL)
        return FALSE;
    const char *who = require_string(arguments, "who", error);
    if (who == NULL)
        return FALSE;
    serv_chat_invite(purple_conversation_get_gc(chat), purple_conv_chat_get_id(PURPLE_CONV_CHAT(chat)), optional_string(arguments, "message"), who);
    return TRUE;
}

static gboolean send_text(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConversation *chat = require_chat(arguments, error);
    if (chat == NULL)
        return FALSE;
    const char *text = require_string(arguments, "text", error);
    if (text == NULL)
        return FALSE;
    purple_conv_chat_send(PURPLE_CONV_CHAT(chat), text);
    return TRUE;
}

static gboolean members(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleConversation *chat = require_chat(arguments, error);
    if (chat == NULL)
        return FALSE;
    JsonArray *array = put_array(answer, "members");
    for (GList *item = purple_conv_chat_get_users(PURPLE_CONV_CHAT(chat)); item != NULL; item = item->next)
    {
        PurpleConvChatBuddy *member = item->data;
        JsonObject *entry = append_object(array);
        put_string(entry, "name", member->name);
        put_string(entry, "alias", member->alias);
        put_bool(entry, "operator", (member->flags & (PURPLE_CBFLAGS_OP | PURPLE_CBFLAGS_FOUNDER)) != 0);
        put_int(entry, "flags", member->flags);
    }

    put_string(answer, "topic", purple_conv_chat_get_topic(PURPLE_CONV_CHAT(chat)));
    put_bool(answer, "left", purple_conv_chat_has_left(PURPLE_CONV_CHAT(chat)));
    return TRUE;
}

static gboolean list(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)arguments;
    (void)error;
    JsonArray *chats = put_array(answer, "chats");
    for (GList *item = purple_get_chats(); item != NULL; item = item->next)
    {
        JsonObject *entry = append_object(chats);
        put_string(entry, "chat", purple_conversation_get_name(item->data));
        put_string(entry, "title", purple_conversation_get_title(item->data));
        put_string(entry, "account", purple_account_get_username(purple_conversation_get_account(item->data)));
    }

    return TRUE;
}

static JsonObject *chat_event(const char *name, PurpleConversation *chat)
{
    JsonObject *event = account_event(name, purple_conversation_get_account(chat));
    put_string(event, "chat", purple_conversation_get_name(chat));
    return event;
}

static void on_chat(PurpleConversation *chat, gpointer data)
{
    JsonObject *event = chat_event(data, chat);
    put_string(event, "title", purple_conversation_get_title(chat));
    write_line(event);
}

static void on_joined(PurpleConversation *chat, const char *name, PurpleConvChatBuddyFlags flags, gboolean arrived)
{
    JsonObject *event = chat_event("chat-member-joined", chat);
    put_string(event, "name", name);
    put_int(event, "flags", flags);
    put_bool(event, "arrived", arrived);
    write_line(event);
}

static void on_left(PurpleConversation *chat, const char *name, const char *reason)
{
    JsonObject *event = chat_event("chat-member-left", chat);
    put_string(event, "name", name);
    put_string(event, "reason", reason);
    write_line(event);
}

static void on_flags(PurpleConversation *chat, const char *name, PurpleConvChatBuddyFlags old, PurpleConvChatBuddyFlags new)
{
    (void)old;
    JsonObject *event = chat_event("chat-member-changed", chat);
    put_string(event, "name", name);
    put_int(event, "flags", new);
    write_line(event);
}

static void on_topic(PurpleConversation *chat, const char *who, const char *topic)
{
    JsonObject *event = chat_event("chat-topic-changed", chat);
    put_string(event, "who", who);
    put_string(event, "topic", topic);
    write_line(event);
}

static void on_message(PurpleAccount *account, const char *sender, const char *message, PurpleConversation *chat, PurpleMessageFlags flags)
{
    (void)account;
    JsonObject *event = chat_event("received-chat", chat);
    char *plain = purple_markup_strip_html(message);
    put_string(event, "from", sender);
    put_string(event, "text", plain);
    put_string(event, "html", message);
    put_int(event, "flags", flags);
    write_line(event);
    g_free(plain);
}

/* 0: who is invited is asked, by a request. */
static int on_invited(PurpleAccount *account, const char *inviter, const char *name, const char *message, GHashTable *components)
{
    (void)components;
    JsonObject *event = account_event("chat-invited", account);
    put_string(event, "who", inviter);
    put_string(event, "chat", name);
    put_string(event, "message", message);
    write_line(event);
    return 0;
}

void chats_init(void)
{
    static const Command commands[] = {
        { "chat.join", join },
        { "chat.leave", leave },
        { "chat.invite", invite },
        { "chat.send", send_text },
        { "chat.members", members },
        { "chat.list", list },
        { NULL, NULL },
    };
    static int handle;

    commands_add(commands);
    void *conversations = purple_conversations_get_handle();
    purple_signal_connect(conversations, "chat-joined", &handle, PURPLE_CALLBACK(on_chat), "chat-joined");
    purple_signal_connect(conversations, "chat-left", &handle, PURPLE_CALLBACK(on_chat), "chat-left");
    purple_signal_connect(conversations, "chat-buddy-joined", &handle, PURPLE_CALLBACK(on_joined), NULL);
    purple_signal_connect(conversations, "chat-buddy-left", &handle, PURPLE_CALLBACK(on_left), NULL);
    purple_signal_connect(conversations, "chat-buddy-flags", &handle, PURPLE_CALLBACK(on_flags), NULL);
    purple_signal_connect(conversations, "chat-topic-changed", &handle, PURPLE_CALLBACK(on_topic), NULL);
    purple_signal_connect(conversations, "received-chat-msg", &handle, PURPLE_CALLBACK(on_message), NULL);
    purple_signal_connect(conversations, "chat-invited", &handle, PURPLE_CALLBACK(on_invited), NULL);
}
