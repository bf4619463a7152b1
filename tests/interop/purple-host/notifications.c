#include "notifications.h"

#include <notify.h>
#include <string.h>

#include "accounts.h"
#include "commands.h"

/* A list of search results stays as long as it is open: its buttons act on its rows. */
typedef struct
{
    guint id;
    PurpleNotifyType type;
    PurpleConnection *connection;
    PurpleNotifySearchResults *results;
    gpointer data;
} Notification;

static GHashTable *shown;
static guint last_id;

static Notification *show(PurpleNotifyType type)
{
    Notification *notification = g_new0(Notification, 1);
    notification->id = ++last_id;
    notification->type = type;
    g_hash_table_insert(shown, GUINT_TO_POINTER(notification->id), notification);
    return notification;
}

static JsonObject *notification_event(const char *name, const Notification *notification, PurpleConnection *connection)
{
    JsonObject *event = account_event(name, connection != NULL ? purple_connection_get_account(connection) : NULL);
    put_int(event, "notification", notification->id);
    return event;
}

static void *done(const Notification *notification, JsonObject *event)
{
    void *handle = GUINT_TO_POINTER(notification->id);
    write_line(event);
    return handle;
}

static void *on_message(PurpleNotifyMsgType type, const char *title, const char *primary, const char *secondary)
{
    Notification *notification = show(PURPLE_NOTIFY_MESSAGE);
    JsonObject *event = notification_event("notify-message", notification, NULL);
    put_string(event, "level", type == PURPLE_NOTIFY_MSG_ERROR ? "error" : type == PURPLE_NOTIFY_MSG_WARNING ? "warning" : "info");
    put_string(event, "title", title);
    put_string(event, "primary", primary);
    put_string(event, "secondary", secondary);
    return done(notification, event);
}

static void *on_formatted(const char *title, const char *primary, const char *secondary, const char *text)
{
    Notification *notification = show(PURPLE_NOTIFY_FORMATTED);
    JsonObject *event = notification_event("notify-formatted", notification, NULL);
    put_string(event, "title", title);
    put_string(event, "primary", primary);
    put_string(event, "secondary", secondary);
    put_string(event, "html", text);
    return done(notification, event);
}

static void *on_user_info(PurpleConnection *connection, const char *who, PurpleNotifyUserInfo *info)
{
    Notification *notification = show(PURPLE_NOTIFY_USERINFO);
    JsonObject *event = notification_event("notify-userinfo", notification, connection);
    put_string(event, "who", who);
    JsonArray *entries = put_array(event, "entries");
    for (GList *item = purple_notify_user_info_get_entries(info); item != NULL; item = item->next)
    {
        JsonObject *entry = append_object(entries);
        put_string(entry, "label", purple_notify_user_info_entry_get_label(item->data));
        put_string(entry, "value", purple_notify_user_info_entry_get_value(item->data));
    }

    return done(notification, event);
}

static void *on_uri(const char *uri)
{
    Notification *notification = show(PURPLE_NOTIFY_URI);
    JsonObject *event = notification_event("notify-uri", notification, NULL);
    put_string(event, "uri", uri);
    return done(notification, event);
}

static void put_results(JsonObject *event, PurpleNotifySearchResults *results)
{
    JsonArray *columns = put_array(event, "columns");
    for (GList *item = results->columns; item != NULL; item = item->next)
        json_array_add_string_element(columns, ((PurpleNotifySearchColumn *)item->data)->title);

    JsonArray *rows = put_array(event, "rows");
    for (GList *row = results->rows; row != NULL; row = row->next)
    {
        JsonArray *cells = json_array_new();
        for (GList *cell = row->data; cell != NULL; cell = cell->next)
            json_array_add_string_element(cells, cell->data != NULL ? cell->data : "");
        json_array_add_array_element(rows, cells);
    }
}

static const char *label_of(const PurpleNotifySearchButton *button)
{
    static const char *const labels[] = { NULL, "Continue", "Add", "Info", "IM", "Join", "Invite" };
    return button->type == PURPLE_NOTIFY_BUTTON_LABELED ? button->label : labels[button->type];
}

static void *on_results(PurpleConnection *connection, const char *title, const char *primary, const char *secondary, PurpleNotifySearchResults *results, gpointer data)
{
    Notification *notification = show(PURPLE_NOTIFY_SEARCHRESULTS);
    notification->connection = connection;
    notification->results = results;
    notification->data = data;
    JsonObject *event = notification_event("notify-searchresults", notification, connection);
    put_string(event, "title", title);
    put_string(event, "primary", primary);
    put_string(event, "secondary", secondary);
    put_results(event, results);
    JsonArray *buttons = put_array(event, "buttons");
    for (GList *item = results->buttons; item != NULL; item = item->next)
        json_array_add_string_element(buttons, label_of(item->data));
    return done(notification, event);
}

static void on_new_rows(PurpleConnection *connection, PurpleNotifySearchResults *results, void *handle)
{
    Notification *notification = g_hash_table_lookup(shown, handle);
    if (notification == NULL)
        return;
    notification->results = results;
    JsonObject *event = notification_event("notify-searchresults-rows", notification, connection);
    put_results(event, results);
    write_line(event);
}

static void on_close(PurpleNotifyType type, void *handle)
{
    (void)type;
    g_hash_table_remove(shown, handle);
}

static Notification *require_notification(JsonObject *arguments, GError **error)
{
    gint64 id;
    if (!require_int(arguments, "notification", &id, error))
        return NULL;
    Notification *notification = g_hash_table_lookup(shown, GUINT_TO_POINTER((guint)id));
    if (notification == NULL)
        fail(error, "notification %d is not open", (int)id);
    return notification;
}

static gboolean close_notification(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    Notification *notification = require_notification(arguments, error);
    if (notification == NULL)
        return FALSE;
    purple_notify_close(notification->type, GUINT_TO_POINTER(notification->id));
    return TRUE;
}

/* Presses a button for one row of search results. */
static gboolean press(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    gint64 number;
    Notification *notification = require_notification(arguments, error);
    if (notification == NULL || !require_int(arguments, "row", &number, error))
        return FALSE;
    const char *label = require_string(arguments, "button", error);
    if (label == NULL)
        return FALSE;
    if (notification->results == NULL)
        return fail(error, "notification %u shows no search results", notification->id);
    GList *row = number >= 0 ? g_list_nth(notification->results->rows, (guint)number) : NULL;
    if (row == NULL)
        return fail(error, "there is no row %d", (int)number);
    for (GList *item = notification->results->buttons; item != NULL; item = item->next)
    {
        PurpleNotifySearchButton *button = item->data;
        if (label_of(button) == NULL || strcmp(label_of(button), label) != 0)
            continue;
        button->callback(notification->connection, row->data, notification->data);
        return TRUE;
    }

    return fail(error, "there is no button '%s'", label);
}

void notifications_init(void)
{
    static PurpleNotifyUiOps operations = {
        .notify_message = on_message,
        .notify_formatted = on_formatted,
        .notify_userinfo = on_user_info,
        .notify_uri = on_uri,
        .notify_searchresults = on_results,
        .notify_searchresults_new_rows = on_new_rows,
        .close_notify = on_close,
    };
    static const Command commands[] = {
        { "notification.close", close_notification },
        { "notification.press", press },
        { NULL, NULL },
    };

    shown = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    commands_add(commands);
    purple_notify_set_ui_ops(&operations);
}

void notifications_uninit(void)
{
    g_hash_table_destroy(shown);
}
