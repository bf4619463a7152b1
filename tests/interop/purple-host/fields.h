/* Forms: a question of several fields. */
#ifndef HOST_FIELDS_H
#define HOST_FIELDS_H

#include <request.h>

#include "json.h"

void put_fields(JsonObject *event, PurpleRequestFields *fields);

/* Sets fields by their ids; what is not named keeps what it has. */
gboolean fill_fields(PurpleRequestFields *fields, JsonObject *values, GError **error);

#endif
