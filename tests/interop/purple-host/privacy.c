#include "privacy.h"

#include <privacy.h>

#include "accounts.h"
#include "commands.h"

typedef gboolean (*ListChange)(PurpleAccount *account, const char *who, gboolean local_only);

static gboolean change(JsonObject *arguments, ListChange change_list, GError **error)
{
    PurpleConnection *connection = require_connection(arguments, error);
    if (connection == NULL)
        return FALSE;
    const char *who = require_string(arguments, "who", error);
    if (who == NULL)
        return FALSE;
    return change_list(purple_connection_get_account(connection), who, FALSE) || fail(error, "%s: nothing to change", who);
}

static gboolean permit(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    return change(arguments, purple_privacy_permit_add, error);
}

static gboolean unpermit(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    return change(arguments, purple_privacy_permit_remove, error);
}

static gboolean deny(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    return change(arguments, purple_privacy_deny_add, error);
}

static gboolean undeny(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    return change(arguments, purple_privacy_deny_remove, error);
}

static void put_names(JsonObject *answer, const char *name, GSList *names)
{
    JsonArray *array = put_array(answer, name);
    for (; names != NULL; names = names->next)
        json_array_add_string_element(array, names->data);
}

static gboolean list(JsonObject *arguments, JsonObject *answer, GError **error)
{
    PurpleAccount *account = require_account(arguments, error);
    if (account == NULL)
        return FALSE;
    put_names(answer, "permitted", account->permit);
    put_names(answer, "denied", account->deny);
    return TRUE;
}

static void privacy_event(const char *name, PurpleAccount *account, const char *who)
{
    JsonObject *event = account_event(name, account);
    put_string(event, "who", who);
    write_line(event);
}

static void permit_added(PurpleAccount *account, const char *who)
{
    privacy_event("permitted", account, who);
}

static void permit_removed(PurpleAccount *account, const char *who)
{
    privacy_event("unpermitted", account, who);
}

static void deny_added(PurpleAccount *account, const char *who)
{
    privacy_event("denied", account, who);
}

static void deny_removed(PurpleAccount *account, const char *who)
{
    privacy_event("undenied", account, who);
}

void privacy_init(void)
{
    static PurplePrivacyUiOps operations = {
        .permit_added = permit_added,
        .permit_removed = permit_removed,
        .deny_added = deny_added,
        .deny_removed = deny_removed,
    };
    static const Command commands[] = {
        { "privacy.permit", permit },
        { "privacy.unpermit", unpermit },
        { "privacy.deny", deny },
        { "privacy.undeny", undeny },
        { "privacy.list", list },
        { NULL, NULL },
    };

    commands_add(commands);
    purple_privacy_set_ui_ops(&operations);
}
