#include "fields.h"

#include <string.h>

#include "accounts.h"

static void put_labels(JsonObject *entry, GList *labels)
{
    JsonArray *array = put_array(entry, "labels");
    for (; labels != NULL; labels = labels->next)
        json_array_add_string_element(array, labels->data);
}

static void put_field(JsonObject *entry, PurpleRequestField *field)
{
    put_string(entry, "field", purple_request_field_get_id(field));
    put_string(entry, "label", purple_request_field_get_label(field));
    put_bool(entry, "required", purple_request_field_is_required(field));
    switch (purple_request_field_get_type(field))
    {
    case PURPLE_REQUEST_FIELD_STRING:
        put_string(entry, "kind", "string");
        put_string(entry, "value", purple_request_field_string_get_default_value(field));
        break;
    case PURPLE_REQUEST_FIELD_INTEGER:
        put_string(entry, "kind", "integer");
        put_int(entry, "value", purple_request_field_int_get_default_value(field));
        break;
    case PURPLE_REQUEST_FIELD_BOOLEAN:
        put_string(entry, "kind", "boolean");
        put_bool(entry, "value", purple_request_field_bool_get_default_value(field));
        break;
    case PURPLE_REQUEST_FIELD_CHOICE:
        put_string(entry, "kind", "choice");
        put_int(entry, "value", purple_request_field_choice_get_default_value(field));
        put_labels(entry, purple_request_field_choice_get_labels(field));
        break;
    case PURPLE_REQUEST_FIELD_LIST:
        put_string(entry, "kind", "list");
        put_labels(entry, purple_request_field_list_get_items(field));
        break;
    case PURPLE_REQUEST_FIELD_LABEL:
        put_string(entry, "kind", "label");
        break;
    case PURPLE_REQUEST_FIELD_ACCOUNT:
        put_string(entry, "kind", "account");
        break;
    default:
        put_string(entry, "kind", "other");
        break;
    }
}

void put_fields(JsonObject *event, PurpleRequestFields *fields)
{
    JsonArray *array = put_array(event, "fields");
    for (GList *group = purple_request_fields_get_groups(fields); group != NULL; group = group->next)
        for (GList *item = purple_request_field_group_get_fields(group->data); item != NULL; item = item->next)
            put_field(append_object(array), item->data);
}

/* A choice is given by its number or its label, and a list by one of its labels. */
static gboolean choose(PurpleRequestField *field, JsonObject *values, const char *id, GError **error)
{
    const char *label = optional_string(values, id);
    gint64 number = optional_int(values, id, -1);
    GList *labels = purple_request_field_choice_get_labels(field);
    if (label != NULL)
    {
        GList *found = g_list_find_custom(labels, label, (GCompareFunc)strcmp);
        number = found != NULL ? g_list_position(labels, found) : -1;
    }

    if (number < 0 || number >= (gint64)g_list_length(labels))
        return fail(error, "field '%s' has no such choice", id);
    purple_request_field_choice_set_value(field, (int)number);
    return TRUE;
}

static gboolean fill(PurpleRequestField *field, JsonObject *values, const char *id, GError **error)
{
    const char *text;
    gint64 number;
    PurpleAccount *account;
    switch (purple_request_field_get_type(field))
    {
    case PURPLE_REQUEST_FIELD_STRING:
        if ((text = require_string(values, id, error)) == NULL)
            return FALSE;
        purple_request_field_string_set_value(field, text);
        return TRUE;
    case PURPLE_REQUEST_FIELD_INTEGER:
        if (!require_int(values, id, &number, error))
            return FALSE;
        purple_request_field_int_set_value(field, (int)number);
        return TRUE;
    case PURPLE_REQUEST_FIELD_BOOLEAN:
        purple_request_field_bool_set_value(field, optional_bool(values, id, purple_request_field_bool_get_value(field)));
        return TRUE;
    case PURPLE_REQUEST_FIELD_CHOICE:
        return choose(field, values, id, error);
    case PURPLE_REQUEST_FIELD_LIST:
        if ((text = require_string(values, id, error)) == NULL)
            return FALSE;
        if (purple_request_field_list_get_data(field, text) == NULL && g_list_find_custom(purple_request_field_list_get_items(field), text, (GCompareFunc)strcmp) == NULL)
            return fail(error, "field '%s' has no '%s'", id, text);
        purple_request_field_list_clear_selected(field);
        purple_request_field_list_add_selected(field, text);
        return TRUE;
    case PURPLE_REQUEST_FIELD_ACCOUNT:
        if ((account = require_account(values, error)) == NULL)
            return FALSE;
        purple_request_field_account_set_value(field, account);
        return TRUE;
    default:
        return fail(error, "field '%s' takes no value", id);
    }
}

gboolean fill_fields(PurpleRequestFields *fields, JsonObject *values, GError **error)
{
    GList *names = json_object_get_members(values);
    gboolean ok = TRUE;
    for (GList *item = names; item != NULL && ok; item = item->next)
        ok = purple_request_fields_exists(fields, item->data)
            ? fill(purple_request_fields_get_field(fields, item->data), values, item->data, error)
            : fail(error, "there is no field '%s'", (const char *)item->data);
    g_list_free(names);
    return ok && (purple_request_fields_all_required_filled(fields) || fail(error, "a required field is empty"));
}
