/* A host for libpurple's protocol plugins without a screen: commands come in by standard input, answers and events go out by standard output, one JSON object a line. See README.md. */
#include <glib-unix.h>
#include <glib.h>
#include <purple.h>
#include <signal.h>
#include <stdio.h>

#include "accounts.h"
#include "blist.h"
#include "chats.h"
#include "commands.h"
#include "debug.h"
#include "loop.h"
#include "menus.h"
#include "messages.h"
#include "notifications.h"
#include "privacy.h"
#include "requests.h"
#include "statuses.h"

static GMainLoop *main_loop;

static gboolean on_line(GIOChannel *channel, GIOCondition condition, gpointer data)
{
    (void)condition, (void)data;
    char *line = NULL;
    gsize end = 0;
    GIOStatus status = g_io_channel_read_line(channel, &line, NULL, &end, NULL);
    if (status == G_IO_STATUS_AGAIN)
        return TRUE;
    if (status != G_IO_STATUS_NORMAL)
    {
        g_main_loop_quit(main_loop);
        return FALSE;
    }

    line[end] = '\0';
    if (end > 0)
        commands_run(line);
    g_free(line);
    return TRUE;
}

static gboolean on_signal(gpointer data)
{
    (void)data;
    g_main_loop_quit(main_loop);
    return TRUE;
}

static gboolean quit(JsonObject *arguments, JsonObject *answer, GError **error)
{
    (void)arguments, (void)answer, (void)error;
    g_main_loop_quit(main_loop);
    return TRUE;
}

static void start_ui(void)
{
    accounts_init();
    requests_init();
    notifications_init();
    statuses_init();
    blist_init();
    privacy_init();
    messages_init();
    chats_init();
    menus_init();
}

/* Without libpurple's own switch to the system's proxy and sounds: what is not set has its default, and that is off. */
static gboolean start_purple(const char *directory, char **authorities, GError **error)
{
    static PurpleCoreUiOps operations = { .ui_init = start_ui };

    purple_util_set_user_dir(directory);
    loop_init();
    purple_core_set_ui_ops(&operations);
    if (!purple_core_init(HOST_UI_ID))
        return fail(error, "libpurple does not start");
    for (; authorities != NULL && *authorities != NULL; authorities++)
        purple_certificate_add_ca_search_path(*authorities);
    purple_set_blist(purple_blist_new());
    return TRUE;
}

int main(int argc, char **argv)
{
    char *directory = NULL;
    char *debug_file = NULL;
    char **authorities = NULL;
    gboolean debug_events = FALSE;
    const GOptionEntry options[] = {
        { "user-dir", 0, 0, G_OPTION_ARG_FILENAME, &directory, "where libpurple keeps its files; needed", "DIRECTORY" },
        { "debug-file", 0, 0, G_OPTION_ARG_FILENAME, &debug_file, "where the debug log goes", "FILE" },
        { "debug-events", 0, 0, G_OPTION_ARG_NONE, &debug_events, "make events of the debug log", NULL },
        { "authorities", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &authorities, "more roots of certificates, *.pem; may be given several times", "DIRECTORY" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    GError *error = NULL;
    GOptionContext *context = g_option_context_new("- protocol plugins of libpurple by JSON lines");
    g_option_context_add_main_entries(context, options, NULL);
    gboolean ok = g_option_context_parse(context, &argc, &argv, &error)
        && (directory != NULL || fail(&error, "--user-dir is missing"))
        && debug_init(debug_file, debug_events, &error);
    g_option_context_free(context);
    static const Command commands[] = { { "quit", quit }, { NULL, NULL } };
    commands_add(commands);
    if (!ok || !start_purple(directory, authorities, &error))
    {
        fprintf(stderr, "purple-host: %s\n", error->message);
        g_error_free(error);
        return 2;
    }

    main_loop = g_main_loop_new(NULL, FALSE);
    signal(SIGPIPE, SIG_IGN);
    g_unix_signal_add(SIGTERM, on_signal, NULL);
    g_unix_signal_add(SIGINT, on_signal, NULL);
    GIOChannel *input = g_io_channel_unix_new(0);
    g_io_channel_set_encoding(input, NULL, NULL);
    g_io_add_watch(input, G_IO_IN | G_IO_HUP, on_line, NULL);
    JsonObject *event = event_new("ready");
    put_string(event, "libpurple", purple_core_get_version());
    write_line(event);
    g_main_loop_run(main_loop);

    /* Signs off everybody; what the plugins show and ask goes with them. */
    purple_core_quit();
    notifications_uninit();
    requests_uninit();
    debug_uninit();
    g_io_channel_unref(input);
    g_main_loop_unref(main_loop);
    g_strfreev(authorities);
    g_free(debug_file);
    g_free(directory);
    return 0;
}
