/* The commands: who does what, and how each is answered. */
#ifndef HOST_COMMANDS_H
#define HOST_COMMANDS_H

#include "json.h"

/* Does one command: reads its arguments, writes into the answer what it yields, or says why it cannot. */
typedef gboolean (*CommandHandler)(JsonObject *arguments, JsonObject *answer, GError **error);

typedef struct
{
    const char *name;
    CommandHandler handler;
} Command;

/* Adds commands; the array ends with an empty one, and stays. */
void commands_add(const Command *commands);

/* Does what a line says, and answers with one line. */
void commands_run(const char *line);

#endif
