#include "loop.h"

#include <eventloop.h>
#include <glib.h>

typedef struct
{
    PurpleInputFunction function;
    gpointer data;
} Watch;

static gboolean ready(GIOChannel *channel, GIOCondition condition, gpointer data)
{
    Watch *watch = data;
    PurpleInputCondition ready = 0;
    /* A connection that has ended is readable, and writable: the plugin finds out when it tries. */
    if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
        ready |= PURPLE_INPUT_READ;
    if (condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL))
        ready |= PURPLE_INPUT_WRITE;
    watch->function(watch->data, g_io_channel_unix_get_fd(channel), ready);
    return TRUE;
}

static guint add_input(int descriptor, PurpleInputCondition wanted, PurpleInputFunction function, gpointer data)
{
    Watch *watch = g_new0(Watch, 1);
    watch->function = function;
    watch->data = data;
    GIOCondition condition = G_IO_HUP | G_IO_ERR | G_IO_NVAL;
    if (wanted & PURPLE_INPUT_READ)
        condition |= G_IO_IN;
    if (wanted & PURPLE_INPUT_WRITE)
        condition |= G_IO_OUT;
    GIOChannel *channel = g_io_channel_unix_new(descriptor);
    guint handle = g_io_add_watch_full(channel, G_PRIORITY_DEFAULT, condition, ready, watch, g_free);
    g_io_channel_unref(channel);
    return handle;
}

void loop_init(void)
{
    static PurpleEventLoopUiOps operations = {
        .timeout_add = g_timeout_add,
        .timeout_add_seconds = g_timeout_add_seconds,
        .timeout_remove = g_source_remove,
        .input_add = add_input,
        .input_remove = g_source_remove,
    };
    purple_eventloop_set_ui_ops(&operations);
}
