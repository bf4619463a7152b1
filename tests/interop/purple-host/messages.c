#include "messages.h"

#include <conversation.h>
#include <server.h>
#include <string.h>

#include "accounts.h"
#include "commands.h"

static PurpleConversation *find(PurpleConnection *connection, const char *who)
{
    return purple_find_conversation_with_account(PURPLE_CONV_TYPE_IM, who, purple_connection_get_account(connection));
}

static gboolean send_im(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *who = require_string(arguments, "to", error);
    if (who == NULL)
        return FALSE;
    const char *text = require_string(arguments, "text", error);
    if (text == NULL)
        return FALSE;
    PurpleConversation *conversation = find(connection, who);
    if (conversation == NULL)
        conversation = purple_conversation_new(PURPLE_CONV_TYPE_IM, purple_connection_get_account(connection), who);
    purple_conv_im_send(PURPLE_CONV_IM(conversation), text);
    return TRUE;
}

static gboolean typing(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *who = require_string(arguments, "to", error);
    if (who == NULL)
        return FALSE;
    serv_send_typing(connection, who, optional_bool(arguments, "typing", TRUE) ? PURPLE_TYPING : PURPLE_NOT_TYPING);
    return TRUE;
}

static gboolean close_im(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *who = require_string(arguments, "to", error);
    if (who == NULL)
        return FALSE;
    PurpleConversation *conversation = find(connection, who);
    if (conversation == NULL)
        return fail(error, "there is no conversation with '%s'", who);
    purple_conversation_destroy(conversation);
    return TRUE;
}

static void put_message(JsonObject *event, const char *text, PurpleMessageFlags flags)
{
    char *plain = purple_markup_strip_html(text);
    put_string(event, "text", plain);
    put_string(event, "html", text);
    put_int(event, "flags", flags);
    g_free(plain);
}

static void received(PurpleAccount *account, const char *sender, const char *message, PurpleConversation *conversation, PurpleMessageFlags flags)
{
    (void)conversation;
    JsonObject *event = account_event("received-im", account);
    put_string(event, "from", sender);
    put_message(event, message, flags);
    write_line(event);
}

static void sent(PurpleAccount *account, const char *receiver, const char *message)
{
    JsonObject *event = account_event("sent-im", account);
    put_string(event, "to", receiver);
    put_string(event, "html", message);
    write_line(event);
}

static void on_typing(PurpleAccount *account, const char *who, gpointer data)
{
    JsonObject *event = account_event(data, account);
    put_string(event, "who", who);
    write_line(event);
}

/* System and error lines of a conversation or chat, which are in no other signal. */
static void write_conversation(PurpleConversation *conversation, const char *name, const char *alias, const char *message, PurpleMessageFlags flags, time_t when)
{
    (void)alias;
    (void)when;
    if ((flags & (PURPLE_MESSAGE_SYSTEM | PURPLE_MESSAGE_ERROR)) == 0)
        return;
    JsonObject *event = account_event("conversation-notice", purple_conversation_get_account(conversation));
    put_string(event, "conversation", purple_conversation_get_name(conversation));
    put_string(event, "from", name);
    put_bool(event, "error", (flags & PURPLE_MESSAGE_ERROR) != 0);
    put_message(event, message, flags);
    write_line(event);
}

static void on_conversation(PurpleConversation *conversation, gpointer data)
{
    JsonObject *event = account_event(data, purple_conversation_get_account(conversation));
    put_string(event, "conversation", purple_conversation_get_name(conversation));
    put_string(event, "title", purple_conversation_get_title(conversation));
    put_bool(event, "chat", purple_conversation_get_type(conversation) == PURPLE_CONV_TYPE_CHAT);
    write_line(event);
}

void messages_init(void)
{
    static PurpleConversationUiOps operations = { .write_conv = write_conversation };
    static const Command commands[] = {
        { "im.send", send_im },
        { "im.typing", typing },
        { "im.close", close_im },
        { NULL, NULL },
    };
    static int handle;

    commands_add(commands);
    purple_conversations_set_ui_ops(&operations);
    void *conversations = purple_conversations_get_handle();
    purple_signal_connect(conversations, "received-im-msg", &handle, PURPLE_CALLBACK(received), NULL);
    purple_signal_connect(conversations, "sent-im-msg", &handle, PURPLE_CALLBACK(sent), NULL);
    purple_signal_connect(conversations, "buddy-typing", &handle, PURPLE_CALLBACK(on_typing), "buddy-typing");
    purple_signal_connect(conversations, "buddy-typed", &handle, PURPLE_CALLBACK(on_typing), "buddy-typed");
    purple_signal_connect(conversations, "buddy-typing-stopped", &handle, PURPLE_CALLBACK(on_typing), "buddy-typing-stopped");
    purple_signal_connect(conversations, "conversation-created", &handle, PURPLE_CALLBACK(on_conversation), "conversation-created");
    purple_signal_connect(conversations, "deleting-conversation", &handle, PURPLE_CALLBACK(on_conversation), "conversation-closed");
}
