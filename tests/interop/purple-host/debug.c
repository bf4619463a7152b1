#include "debug.h"

#include <debug.h>
#include <errno.h>
#include <stdio.h>

#include "json.h"

static FILE *log_file;
static gboolean to_events;

static const char *name_of(PurpleDebugLevel level)
{
    switch (level)
    {
    case PURPLE_DEBUG_MISC:
        return "misc";
    case PURPLE_DEBUG_INFO:
        return "info";
    case PURPLE_DEBUG_WARNING:
        return "warning";
    case PURPLE_DEBUG_ERROR:
        return "error";
    case PURPLE_DEBUG_FATAL:
        return "fatal";
    default:
        return "all";
    }
}

static void print(PurpleDebugLevel level, const char *category, const char *text)
{
    if (log_file != NULL)
    {
        fprintf(log_file, "%s %s: %s", name_of(level), category != NULL ? category : "-", text);
        fflush(log_file);
    }

    if (to_events)
    {
        JsonObject *event = event_new("debug");
        put_string(event, "level", name_of(level));
        put_string(event, "category", category);
        put_string(event, "text", text);
        write_line(event);
    }
}

gboolean debug_init(const char *file, gboolean as_events, GError **error)
{
    static PurpleDebugUiOps operations = { .print = print };

    purple_debug_set_enabled(FALSE); /* it would go to standard output too */
    purple_debug_set_verbose(TRUE);
    purple_debug_set_unsafe(TRUE); /* whole messages: nobody's secrets pass here */
    to_events = as_events;
    if (file != NULL && (log_file = fopen(file, "w")) == NULL)
        return fail(error, "%s: %s", file, g_strerror(errno));
    if (log_file != NULL || to_events)
        purple_debug_set_ui_ops(&operations);
    return TRUE;
}

void debug_uninit(void)
{
    purple_debug_set_ui_ops(NULL);
    if (log_file != NULL)
        fclose(log_file);
}
