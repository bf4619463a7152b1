/* What is said among several. */
#ifndef HOST_CHATS_H
#define HOST_CHATS_H

#include <conversation.h>

#include "json.h"

void chats_init(void);

/* The conversation of the chat that a command names by 'chat', its name as events give it. */
PurpleConversation *require_chat(JsonObject *arguments, GError **error);

#endif
