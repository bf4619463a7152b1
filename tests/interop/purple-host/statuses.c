#include "statuses.h"

#include <prpl.h>
#include <savedstatuses.h>
#include <time.h>

#include "accounts.h"
#include "commands.h"

void put_presence(JsonObject *object, PurplePresence *presence)
{
    PurpleStatus *status = purple_presence_get_active_status(presence);
    put_string(object, "status", purple_status_get_id(status));
    put_string(object, "primitive", purple_primitive_get_id_from_type(purple_status_type_get_primitive(purple_status_get_type(status))));
    if (purple_status_get_attr_value(status, "message") != NULL)
        put_string(object, "message", purple_status_get_attr_string(status, "message"));
    put_bool(object, "online", purple_presence_is_online(presence));
    put_bool(object, "idle", purple_presence_is_idle(presence));
}

static gboolean types(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    JsonArray *list = put_array(answer, "types");
    for (GList *item = purple_account_get_status_types(account); item != NULL; item = item->next)
    {
        PurpleStatusType *type = item->data;
        JsonObject *entry = append_object(list);
        put_string(entry, "id", purple_status_type_get_id(type));
        put_string(entry, "name", purple_status_type_get_name(type));
        put_string(entry, "primitive", purple_primitive_get_id_from_type(purple_status_type_get_primitive(type)));
        put_bool(entry, "settable", purple_status_type_is_user_settable(type));
        put_bool(entry, "takesMessage", purple_status_type_get_attr(type, "message") != NULL);
    }

    return TRUE;
}

static gboolean set(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    const char *id = require_string(arguments, "status", error);
    if (id == NULL)
        return FALSE;
    PurpleStatus *status = purple_account_get_status(account, id);
    if (status == NULL)
        return fail(error, "there is no status '%s'", id);

    const char *message = optional_string(arguments, "message");
    if (purple_status_get_attr_value(status, "message") == NULL)
    {
        if (message != NULL)
            return fail(error, "status '%s' takes no message", id);
        purple_account_set_status(account, id, TRUE, NULL);
    }
    else
    {
        purple_account_set_status(account, id, TRUE, "message", message, NULL);
    }

    return TRUE;
}

static gboolean get(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    put_presence(answer, purple_account_get_presence(account));
    return TRUE;
}

/* As if the user had not touched the machine for that long; 0: just now. */
static gboolean idle(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    gint64 seconds;
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL || !require_int(arguments, "seconds", &seconds, error))
        return FALSE;
    purple_presence_set_idle(purple_account_get_presence(account), seconds > 0, seconds > 0 ? time(NULL) - seconds : 0);
    return TRUE;
}

/* Also what the server says of her: a plugin that hears of it sets the status of its account. */
static void changed(PurpleAccount *account, PurpleStatus *old, PurpleStatus *new)
{
    (void)old;
    (void)new;
    JsonObject *event = account_event("status-changed", account);
    put_presence(event, purple_account_get_presence(account));
    write_line(event);
}

void statuses_init(void)
{
    static const Command commands[] = {
        { "status.types", types },
        { "status.set", set },
        { "status.get", get },
        { "status.idle", idle },
        { NULL, NULL },
    };
    static int handle;

    commands_add(commands);
    purple_signal_connect(purple_accounts_get_handle(), "account-status-changed", &handle, PURPLE_CALLBACK(changed), NULL);
}
