/* The buddy list: groups, buddies, and what is known of them. */
#ifndef HOST_BLIST_H
#define HOST_BLIST_H

#include <blist.h>

#include "json.h"

void blist_init(void);

/* The buddy that a command names by 'name', in 'group' where that is given. */
PurpleBuddy *require_buddy(JsonObject *arguments, GError **error);

/* The group that a command names by the member 'name'. */
PurpleGroup *require_group(JsonObject *arguments, const char *name, GError **error);

#endif
