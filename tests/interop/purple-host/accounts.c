#include "accounts.h"

#include <accountopt.h>
#include <connection.h>
#include <plugin.h>
#include <prpl.h>
#include <string.h>

#include "commands.h"

PurpleAccount *require_account(JsonObject *arguments, GError **error)
{
    const char *name = optional_string(arguments, "account");
    GList *accounts = purple_accounts_get_all();
    if (name == NULL)
    {
        if (accounts != NULL && accounts->next == NULL)
            return accounts->data;
        fail(error, accounts == NULL ? "there is no account" : "there are several accounts; 'account' is missing");
        return NULL;
    }

    for (GList *item = accounts; item != NULL; item = item->next)
        if (strcmp(purple_account_get_username(item->data), name) == 0)
            return item->data;
    fail(error, "there is no account '%s'", name);
    return NULL;
}

PurpleConnection *require_connection(JsonObject *arguments, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return NULL;
    if (!purple_account_is_connected(account))
    {
        fail(error, "%s is not signed on", purple_account_get_username(account));
        return NULL;
    }

    return purple_account_get_connection(account);
}

JsonObject *account_event(const char *name, PurpleAccount *account)
{
    JsonObject *event = event_new(name);
    if (account != NULL)
        put_string(event, "account", purple_account_get_username(account));
    return event;
}

/* An option takes the type that its plugin gives it: a string is no number for it. */
static gboolean set_options(PurpleAccount *account, JsonObject *arguments, GError **error)
{
    JsonNode *node = json_object_get_member(arguments, "options");
    if (node == NULL)
        return TRUE;
    if (!JSON_NODE_HOLDS_OBJECT(node))
        return fail(error, "'options' is no object");
    JsonObject *options = json_node_get_object(node);
    GList *names = json_object_get_members(options);
    gboolean ok = TRUE;
    for (GList *item = names; item != NULL && ok; item = item->next)
    {
        const char *name = item->data;
        JsonNode *value = json_object_get_member(options, name);
        GType type = JSON_NODE_HOLDS_VALUE(value) ? json_node_get_value_type(value) : G_TYPE_NONE;
        if (type == G_TYPE_STRING)
            purple_account_set_string(account, name, json_node_get_string(value));
        else if (type == G_TYPE_INT64)
            purple_account_set_int(account, name, (int)json_node_get_int(value));
        else if (type == G_TYPE_BOOLEAN)
            purple_account_set_bool(account, name, json_node_get_boolean(value));
        else
            ok = fail(error, "option '%s' is no string, integer or boolean", name);
    }

    g_list_free(names);
    return ok;
}

static gboolean create(JsonObject *arguments, JsonObject *answer, GError **error)
{
    const char *protocol = require_string(arguments, "protocol", error);
    if (protocol == NULL)
        return FALSE;
    const char *name = require_string(arguments, "username", error);
    if (name == NULL)
        return FALSE;
    if (purple_find_prpl(protocol) == NULL)
        return fail(error, "there is no protocol '%s'", protocol);
    if (purple_accounts_find(name, protocol) != NULL)
        return fail(error, "%s is there already", name);

    PurpleAccount *account = purple_account_new(name, protocol);
    purple_account_set_password(account, optional_string(arguments, "password"));
    purple_accounts_add(account);
    put_string(answer, "account", purple_account_get_username(account));
    return set_options(account, arguments, error);
}

static gboolean set(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    if (json_object_has_member(arguments, "password"))
        purple_account_set_password(account, optional_string(arguments, "password"));
    return set_options(account, arguments, error);
}

static gboolean options(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    PurplePlugin *plugin = purple_find_prpl(purple_account_get_protocol_id(account));
    JsonArray *list = put_array(answer, "options");
    for (GList *item = PURPLE_PLUGIN_PROTOCOL_INFO(plugin)->protocol_options; item != NULL; item = item->next)
    {
        PurpleAccountOption *option = item->data;
        const char *name = purple_account_option_get_setting(option);
        JsonObject *entry = append_object(list);
        put_string(entry, "name", name);
        put_string(entry, "text", purple_account_option_get_text(option));
        switch (purple_account_option_get_type(option))
        {
        case PURPLE_PREF_BOOLEAN:
            put_bool(entry, "value", purple_account_get_bool(account, name, purple_account_option_get_default_bool(option)));
            break;
        case PURPLE_PREF_INT:
            put_int(entry, "value", purple_account_get_int(account, name, purple_account_option_get_default_int(option)));
            break;
        case PURPLE_PREF_STRING:
            put_string(entry, "value", purple_account_get_string(account, name, purple_account_option_get_default_string(option)));
            break;
        case PURPLE_PREF_STRING_LIST:
        {
            put_string(entry, "value", purple_account_get_string(account, name, purple_account_option_get_default_list_value(option)));
            JsonArray *values = put_array(entry, "values");
            for (GList *pair = purple_account_option_get_list(option); pair != NULL; pair = pair->next)
                json_array_add_string_element(values, ((PurpleKeyValuePair *)pair->data)->value);
            break;
        }
        default:
            break;
        }
    }

    return TRUE;
}

static gboolean sign_on(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    if (!purple_account_is_disconnected(account))
        return fail(error, "%s is signed on, or about to be", purple_account_get_username(account));
    const char *status = optional_string(arguments, "status");
    if (status == NULL)
        status = "available";
    if (purple_account_get_status(account, status) == NULL)
        return fail(error, "there is no status '%s'", status);
    purple_account_set_status(account, status, TRUE, NULL);
    purple_account_set_enabled(account, HOST_UI_ID, TRUE);
    /* Being enabled, or a change from offline, has connected already. */
    if (purple_account_is_disconnected(account))
        purple_account_connect(account);
    return TRUE;
}

static gboolean sign_off(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    if (!purple_account_is_disconnected(account))
        purple_account_disconnect(account);
    return TRUE;
}

static gboolean state(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    put_string(answer, "state", purple_account_is_connected(account) ? "connected" : purple_account_is_connecting(account) ? "connecting" : "disconnected");
    put_string(answer, "alias", purple_connection_get_display_name(purple_account_get_connection(account)));
    return TRUE;
}

static void signed_on(PurpleConnection *connection)
{
    write_line(account_event("signed-on", purple_connection_get_account(connection)));
}

static void signed_off(PurpleConnection *connection)
{
    write_line(account_event("signed-off", purple_connection_get_account(connection)));
}

static void connection_error(PurpleConnection *connection, PurpleConnectionError reason, const char *description)
{
    JsonObject *event = account_event("connection-error", purple_connection_get_account(connection));
    put_int(event, "code", reason);
    put_bool(event, "fatal", purple_connection_error_is_fatal(reason));
    put_string(event, "reason", description);
    write_line(event);
}

static void connect_progress(PurpleConnection *connection, const char *text, size_t step, size_t steps)
{
    JsonObject *event = account_event("connect-progress", purple_connection_get_account(connection));
    put_string(event, "text", text);
    put_int(event, "step", (gint64)step);
    put_int(event, "steps", (gint64)steps);
    write_line(event);
}

static void notice(PurpleConnection *connection, const char *text)
{
    JsonObject *event = account_event("connection-notice", purple_connection_get_account(connection));
    put_string(event, "text", text);
    write_line(event);
}

static void notify_added(PurpleAccount *account, const char *user, const char *id, const char *alias, const char *message)
{
    (void)id;
    JsonObject *event = account_event("added-by", account);
    put_string(event, "who", user);
    put_string(event, "alias", alias);
    put_string(event, "message", message);
    write_line(event);
}

void accounts_init(void)
{
    static PurpleAccountUiOps account_operations = { .notify_added = notify_added, .request_add = notify_added };
    static PurpleConnectionUiOps connection_operations = { .connect_progress = connect_progress, .notice = notice };
    static const Command commands[] = {
        { "account.create", create },
        { "account.set", set },
        { "account.options", options },
        { "account.connect", sign_on },
        { "account.disconnect", sign_off },
        { "account.state", state },
        { NULL, NULL },
    };
    static int handle;

    commands_add(commands);
    purple_accounts_set_ui_ops(&account_operations);
    purple_connections_set_ui_ops(&connection_operations);
    void *connections = purple_connections_get_handle();
    purple_signal_connect(connections, "signed-on", &handle, PURPLE_CALLBACK(signed_on), NULL);
    purple_signal_connect(connections, "signed-off", &handle, PURPLE_CALLBACK(signed_off), NULL);
    purple_signal_connect(connections, "connection-error", &handle, PURPLE_CALLBACK(connection_error), NULL);
}
