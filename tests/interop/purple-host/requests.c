#include "requests.h"

#include <request.h>
#include <string.h>

#include "accounts.h"
#include "commands.h"
#include "fields.h"

/* How many questions may be open, at all. */
#define MAX_REQUESTS 256

typedef enum
{
    ASK_INPUT,
    ASK_CHOICE,
    ASK_ACTION,
    ASK_FIELDS,
    ASK_FILE,
    ASK_AUTHORIZATION,
} RequestKind;

static const char *const kind_names[] = { "input", "choice", "action", "fields", "file", "authorization" };

typedef struct
{
    guint id;
    RequestKind kind;
    GCallback accept;
    GCallback cancel;
    gpointer data;
    PurpleRequestFields *fields;
    GPtrArray *labels;    /* of choices and actions */
    GArray *numbers;      /* what each choice stands for */
    GPtrArray *callbacks; /* of actions */
} Request;

static GHashTable *open_requests;
static guint last_id;

static void request_free(gpointer data)
{
    Request *request = data;
    g_clear_pointer(&request->labels, g_ptr_array_unref);
    g_clear_pointer(&request->numbers, g_array_unref);
    g_clear_pointer(&request->callbacks, g_ptr_array_unref);
    g_free(request);
}

static Request *request_new(RequestKind kind, gpointer data)
{
    g_assert(g_hash_table_size(open_requests) < MAX_REQUESTS); /* nobody answers */
    Request *request = g_new0(Request, 1);
    request->id = ++last_id;
    request->kind = kind;
    request->data = data;
    g_hash_table_insert(open_requests, GUINT_TO_POINTER(request->id), request);
    return request;
}

static JsonObject *request_event(const Request *request, PurpleAccount *account, const char *title, const char *primary, const char *secondary)
{
    JsonObject *event = account_event("request", account);
    put_int(event, "request", request->id);
    put_string(event, "kind", kind_names[request->kind]);
    put_string(event, "title", title);
    put_string(event, "primary", primary);
    put_string(event, "secondary", secondary);
    return event;
}

static void put_labels(JsonObject *event, GPtrArray *labels)
{
    JsonArray *array = put_array(event, "labels");
    for (guint i = 0; i < labels->len; i++)
        json_array_add_string_element(array, g_ptr_array_index(labels, i));
}

/* libpurple knows a question by a pointer: here its number. */
static void *handle_of(const Request *request)
{
    return GUINT_TO_POINTER(request->id);
}

static void *ask_input(const char *title, const char *primary, const char *secondary, const char *default_value, gboolean multiline, gboolean masked, gchar *hint,
    const char *ok_text, GCallback ok, const char *cancel_text, GCallback cancel, PurpleAccount *account, const char *who, PurpleConversation *conversation, void *data)
{
    (void)multiline, (void)hint, (void)ok_text, (void)cancel_text, (void)who, (void)conversation;
    Request *request = request_new(ASK_INPUT, data);
    request->accept = ok;
    request->cancel = cancel;
    JsonObject *event = request_event(request, account, title, primary, secondary);
    put_string(event, "value", default_value);
    put_bool(event, "masked", masked);
    write_line(event);
    return handle_of(request);
}

static void *ask_choice(const char *title, const char *primary, const char *secondary, int default_value, const char *ok_text, GCallback ok, const char *cancel_text, GCallback cancel,
    PurpleAccount *account, const char *who, PurpleConversation *conversation, void *data, va_list choices)
{
    (void)ok_text, (void)cancel_text, (void)who, (void)conversation;
    Request *request = request_new(ASK_CHOICE, data);
    request->accept = ok;
    request->cancel = cancel;
    request->labels = g_ptr_array_new_with_free_func(g_free);
    request->numbers = g_array_new(FALSE, FALSE, sizeof(int));
    for (const char *label = va_arg(choices, const char *); label != NULL; label = va_arg(choices, const char *))
    {
        int number = va_arg(choices, int);
        g_ptr_array_add(request->labels, g_strdup(label));
        g_array_append_val(request->numbers, number);
    }

    JsonObject *event = request_event(request, account, title, primary, secondary);
    put_int(event, "value", default_value);
    put_labels(event, request->labels);
    write_line(event);
    return handle_of(request);
}

static void *ask_action(const char *title, const char *primary, const char *secondary, int default_action, PurpleAccount *account, const char *who, PurpleConversation *conversation,
    void *data, size_t count, va_list actions)
{
    (void)who, (void)conversation;
    Request *request = request_new(ASK_ACTION, data);
    request->labels = g_ptr_array_new_with_free_func(g_free);
    request->callbacks = g_ptr_array_new();
    for (size_t i = 0; i < count; i++)
    {
        g_ptr_array_add(request->labels, g_strdup(va_arg(actions, const char *)));
        g_ptr_array_add(request->callbacks, (gpointer)va_arg(actions, GCallback));
    }

    JsonObject *event = request_event(request, account, title, primary, secondary);
    put_int(event, "value", default_action);
    put_labels(event, request->labels);
    write_line(event);
    return handle_of(request);
}

static void *ask_action_with_icon(const char *title, const char *primary, const char *secondary, int default_action, PurpleAccount *account, const char *who, PurpleConversation *conversation,
    gconstpointer icon, gsize icon_size, void *data, size_t count, va_list actions)
{
    (void)icon, (void)icon_size;
    return ask_action(title, primary, secondary, default_action, account, who, conversation, data, count, actions);
}

static void *ask_fields(const char *title, const char *primary, const char *secondary, PurpleRequestFields *fields, const char *ok_text, GCallback ok, const char *cancel_text, GCallback cancel,
    PurpleAccount *account, const char *who, PurpleConversation *conversation, void *data)
{
    (void)ok_text, (void)cancel_text, (void)who, (void)conversation;
    Request *request = request_new(ASK_FIELDS, data);
    request->accept = ok;
    request->cancel = cancel;
    request->fields = fields;
    JsonObject *event = request_event(request, account, title, primary, secondary);
    put_fields(event, fields);
    write_line(event);
    return handle_of(request);
}

static void *ask_file(const char *title, const char *filename, gboolean save, GCallback ok, GCallback cancel, PurpleAccount *account, const char *who, PurpleConversation *conversation, void *data)
{
    (void)who, (void)conversation;
    Request *request = request_new(ASK_FILE, data);
    request->accept = ok;
    request->cancel = cancel;
    JsonObject *event = request_event(request, account, title, NULL, NULL);
    put_string(event, "value", filename);
    put_bool(event, "save", save);
    write_line(event);
    return handle_of(request);
}

static void *ask_folder(const char *title, const char *directory, GCallback ok, GCallback cancel, PurpleAccount *account, const char *who, PurpleConversation *conversation, void *data)
{
    return ask_file(title, directory, FALSE, ok, cancel, account, who, conversation, data);
}

static void *ask_authorization(PurpleAccount *account, const char *user, const char *id, const char *alias, const char *message, gboolean on_list,
    PurpleAccountRequestAuthorizationCb authorize, PurpleAccountRequestAuthorizationCb deny, void *data)
{
    (void)id;
    Request *request = request_new(ASK_AUTHORIZATION, data);
    request->accept = G_CALLBACK(authorize);
    request->cancel = G_CALLBACK(deny);
    JsonObject *event = request_event(request, account, NULL, message, NULL);
    put_string(event, "who", user);
    put_string(event, "alias", alias);
    put_bool(event, "onList", on_list);
    write_line(event);
    return handle_of(request);
}

/* The plugin takes a question back, or libpurple forgets it after its answer. */
static void close_request(PurpleRequestType type, void *handle)
{
    (void)type;
    Request *request = g_hash_table_lookup(open_requests, handle);
    if (request == NULL)
        return;
    if (request->fields != NULL)
        purple_request_fields_destroy(request->fields);
    JsonObject *event = event_new("request-closed");
    put_int(event, "request", request->id);
    write_line(event);
    g_hash_table_remove(open_requests, handle);
}

static void close_authorization(void *handle)
{
    close_request(PURPLE_REQUEST_ACTION, handle);
}

/* Which choice or action is meant: by 'choice', its label or its number. */
static gboolean find_label(const Request *request, JsonObject *arguments, guint *index, GError **error)
{
    const char *label = optional_string(arguments, "choice");
    gint64 number = optional_int(arguments, "choice", -1);
    for (guint i = 0; i < request->labels->len; i++)
    {
        if (label != NULL ? strcmp(g_ptr_array_index(request->labels, i), label) == 0 : number == i)
        {
            *index = i;
            return TRUE;
        }
    }

    return fail(error, "there is no such choice");
}

static gboolean accept(Request *request, JsonObject *arguments, GError **error)
{
    const char *text;
    guint index;
    switch (request->kind)
    {
    case ASK_INPUT:
    case ASK_FILE:
        if ((text = require_string(arguments, "value", error)) == NULL)
            return FALSE;
        if (request->accept != NULL)
            ((PurpleRequestInputCb)request->accept)(request->data, text);
        return TRUE;
    case ASK_CHOICE:
        if (!find_label(request, arguments, &index, error))
            return FALSE;
        if (request->accept != NULL)
            ((PurpleRequestChoiceCb)request->accept)(request->data, g_array_index(request->numbers, int, index));
        return TRUE;
    case ASK_ACTION:
        if (!find_label(request, arguments, &index, error))
            return FALSE;
        if (g_ptr_array_index(request->callbacks, index) != NULL)
            ((PurpleRequestActionCb)g_ptr_array_index(request->callbacks, index))(request->data, (int)index);
        return TRUE;
    case ASK_FIELDS:
    {
        JsonNode *values = json_object_get_member(arguments, "values");
        if (values == NULL || !JSON_NODE_HOLDS_OBJECT(values))
            return fail(error, "'values' is missing, or no object");
        if (!fill_fields(request->fields, json_node_get_object(values), error))
            return FALSE;
        if (request->accept != NULL)
            ((PurpleRequestFieldsCb)request->accept)(request->data, request->fields);
        return TRUE;
    }
    case ASK_AUTHORIZATION:
    default:
        if (request->accept != NULL)
            ((PurpleAccountRequestAuthorizationCb)request->accept)(request->data);
        return TRUE;
    }
}

static void cancel(Request *request)
{
    if (request->cancel == NULL)
        return;
    switch (request->kind)
    {
    case ASK_FIELDS:
        ((PurpleRequestFieldsCb)request->cancel)(request->data, request->fields);
        break;
    case ASK_CHOICE:
        ((PurpleRequestChoiceCb)request->cancel)(request->data, -1);
        break;
    case ASK_AUTHORIZATION:
        ((PurpleAccountRequestAuthorizationCb)request->cancel)(request->data);
        break;
    default:
        ((PurpleRequestInputCb)request->cancel)(request->data, NULL);
        break;
    }
}

/* Ends a question that has been answered; its answer may have closed it already. */
static void end(guint id, RequestKind kind)
{
    if (g_hash_table_lookup(open_requests, GUINT_TO_POINTER(id)) == NULL)
        return;
    if (kind == ASK_AUTHORIZATION)
        purple_account_request_close(GUINT_TO_POINTER(id));
    else
        purple_request_close(kind == ASK_FIELDS ? PURPLE_REQUEST_FIELDS : PURPLE_REQUEST_INPUT, GUINT_TO_POINTER(id));
}

static Request *require_request(JsonObject *arguments, GError **error)
{
    gint64 id;
    if (!require_int(arguments, "request", &id, error))
        return NULL;
    Request *request = g_hash_table_lookup(open_requests, GUINT_TO_POINTER((guint)id));
    if (request == NULL)
        fail(error, "request %d is not open", (int)id);
    return request;
}

static gboolean answer_request(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    Request *request = require_request(arguments, error);
    if (request == NULL)
        return FALSE;
    guint id = request->id;
    RequestKind kind = request->kind;
    if (!accept(request, arguments, error))
        return FALSE;
    end(id, kind);
    return TRUE;
}

static gboolean cancel_request(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)answer;
    Request *request = require_request(arguments, error);
    if (request == NULL)
        return FALSE;
    guint id = request->id;
    RequestKind kind = request->kind;
    cancel(request);
    end(id, kind);
    return TRUE;
}

void requests_init(void)
{
    static PurpleRequestUiOps operations = {
        .request_input = ask_input,
        .request_choice = ask_choice,
        .request_action = ask_action,
        .request_action_with_icon = ask_action_with_icon,
        .request_fields = ask_fields,
        .request_file = ask_file,
        .request_folder = ask_folder,
        .close_request = close_request,
    };
    static const Command commands[] = {
        { "request.answer", answer_request },
        { "request.cancel", cancel_request },
        { NULL, NULL },
    };

    open_requests = g_hash_table_new_full(NULL, NULL, NULL, request_free);
    commands_add(commands);
    purple_request_set_ui_ops(&operations);
    PurpleAccountUiOps *accounts = purple_accounts_get_ui_ops();
    accounts->request_authorize = ask_authorization;
    accounts->close_account_request = close_authorization;
}

void requests_uninit(void)
{
    g_hash_table_destroy(open_requests);
}
