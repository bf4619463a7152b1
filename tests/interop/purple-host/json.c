#include "json.h"

#include <stdio.h>
#include <string.h>

GQuark host_error_quark(void)
{
    return g_quark_from_static_string("purple-host");
}

gboolean fail(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(HOST_ERROR, 0, format, arguments));
    va_end(arguments);
    return FALSE;
}

static JsonNode *find(JsonObject *object, const char *name, GType type)
{
    JsonNode *node = json_object_get_member(object, name);
    return node != NULL && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type ? node : NULL;
}

const char *require_string(JsonObject *object, const char *name, GError **error)
{
    const char *text = optional_string(object, name);
    if (text == NULL)
        fail(error, "'%s' is missing, or no string", name);
    return text;
}

gboolean require_int(JsonObject *object, const char *name, gint64 *value, GError **error)
{
    JsonNode *node = find(object, name, G_TYPE_INT64);
    if (node == NULL)
        return fail(error, "'%s' is missing, or no integer", name);
    *value = json_node_get_int(node);
    return TRUE;
}

const char *optional_string(JsonObject *object, const char *name)
{
    JsonNode *node = find(object, name, G_TYPE_STRING);
    return node != NULL ? json_node_get_string(node) : NULL;
}

gint64 optional_int(JsonObject *object, const char *name, gint64 otherwise)
{
    JsonNode *node = find(object, name, G_TYPE_INT64);
    return node != NULL ? json_node_get_int(node) : otherwise;
}

gboolean optional_bool(JsonObject *object, const char *name, gboolean otherwise)
{
    JsonNode *node = find(object, name, G_TYPE_BOOLEAN);
    return node != NULL ? json_node_get_boolean(node) : otherwise;
}

void put_string(JsonObject *object, const char *name, const char *text)
{
    if (text == NULL)
        return;
    /* What comes from the wire need not be UTF-8; a line of JSON must. */
    char *valid = g_utf8_make_valid(text, -1);
    json_object_set_string_member(object, name, valid);
    g_free(valid);
}

void put_int(JsonObject *object, const char *name, gint64 value)
{
    json_object_set_int_member(object, name, value);
}

void put_bool(JsonObject *object, const char *name, gboolean value)
{
    json_object_set_boolean_member(object, name, value);
}

JsonArray *put_array(JsonObject *object, const char *name)
{
    JsonArray *array = json_array_new();
    json_object_set_array_member(object, name, array);
    return array;
}

JsonObject *put_object(JsonObject *object, const char *name)
{
    JsonObject *member = json_object_new();
    json_object_set_object_member(object, name, member);
    return member;
}

JsonObject *append_object(JsonArray *array)
{
    JsonObject *element = json_object_new();
    json_array_add_object_element(array, element);
    return element;
}

void write_line(JsonObject *object)
{
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, object);
    char *line = json_to_string(node, FALSE);
    puts(line);
    fflush(stdout);
    g_free(line);
    json_node_free(node);
}

JsonObject *event_new(const char *name)
{
    JsonObject *event = json_object_new();
    put_string(event, "event", name);
    return event;
}
