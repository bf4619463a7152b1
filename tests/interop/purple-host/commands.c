#include "commands.h"

static GHashTable *handlers;

void commands_add(const Command *commands)
{
    if (handlers == NULL)
        handlers = g_hash_table_new(g_str_hash, g_str_equal);
    for (; commands->name != NULL; commands++)
        g_hash_table_insert(handlers, (gpointer)commands->name, (gpointer)commands);
}

static gboolean run(JsonObject *arguments, JsonObject *answer, GError **error)
{
    const char *name = require_string(arguments, "command", error);
    if (name == NULL)
        return FALSE;
    const Command *command = g_hash_table_lookup(handlers, name);
    if (command == NULL)
        return fail(error, "there is no command '%s'", name);
    return command->handler(arguments, answer, error);
}

void commands_run(const char *line)
{
    GError *error = NULL;
    JsonObject *answer = json_object_new();
    JsonParser *parser = json_parser_new();
    if (json_parser_load_from_data(parser, line, -1, &error))
    {
        JsonNode *root = json_parser_get_root(parser);
        if (root != NULL && JSON_NODE_HOLDS_OBJECT(root))
        {
            JsonObject *arguments = json_node_get_object(root);
            if (json_object_has_member(arguments, "id"))
                json_object_set_member(answer, "id", json_node_copy(json_object_get_member(arguments, "id")));
            run(arguments, answer, &error);
        }
        else
        {
            fail(&error, "a command is an object");
        }
    }

    put_bool(answer, "ok", error == NULL);
    if (error != NULL)
        put_string(answer, "error", error->message);
    write_line(answer);
    g_clear_error(&error);
    g_object_unref(parser);
}
