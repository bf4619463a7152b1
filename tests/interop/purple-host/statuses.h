/* The user's own presence. */
#ifndef HOST_STATUSES_H
#define HOST_STATUSES_H

#include "json.h"

#include <status.h>

void statuses_init(void);

/* Writes the active status of somebody into the object: id, primitive, name, message, and since when idle. */
void put_presence(JsonObject *object, PurplePresence *presence);

#endif
