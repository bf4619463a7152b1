/* What goes over standard input and output: one JSON object a line. */
#ifndef HOST_JSON_H
#define HOST_JSON_H

#include <glib.h>
#include <json-glib/json-glib.h>

/* Every command that fails does so with this domain; the message is what its sender reads. */
#define HOST_ERROR (host_error_quark())
GQuark host_error_quark(void);

/* Says that a command cannot be done; always FALSE. */
gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A member that must be there. */
const char *require_string(JsonObject *object, const char *name, GError **error);
gboolean require_int(JsonObject *object, const char *name, gint64 *value, GError **error);

/* A member that may be absent. */
const char *optional_string(JsonObject *object, const char *name);
gint64 optional_int(JsonObject *object, const char *name, gint64 otherwise);
gboolean optional_bool(JsonObject *object, const char *name, gboolean otherwise);

/* Sets a member, or leaves it out where there is no text. */
void put_string(JsonObject *object, const char *name, const char *text);
void put_int(JsonObject *object, const char *name, gint64 value);
void put_bool(JsonObject *object, const char *name, gboolean value);

/* An array or object that is a member from now on. */
JsonArray *put_array(JsonObject *object, const char *name);
JsonObject *put_object(JsonObject *object, const char *name);
JsonObject *append_object(JsonArray *array);

/* Takes the object and writes it as one line. */
void write_line(JsonObject *object);

/* Something that has happened, to be filled in and written. */
JsonObject *event_new(const char *name);

#endif
