/* The debug log of libpurple and its plugins. */
#ifndef HOST_DEBUG_H
#define HOST_DEBUG_H

#include <glib.h>

/* Before libpurple starts: where the log goes, a file or events; neither: nowhere. */
gboolean debug_init(const char *file, gboolean as_events, GError **error);

void debug_uninit(void);

#endif
