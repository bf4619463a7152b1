/* Accounts: made, configured, connected; what becomes of their connections. */
#ifndef HOST_ACCOUNTS_H
#define HOST_ACCOUNTS_H

#include <account.h>

#include "json.h"

/* Who this program is for libpurple. */
#define HOST_UI_ID "purple-host"

void accounts_init(void);

/* The account that a command names by 'account', its user name; without it the only one. */
PurpleAccount *require_account(JsonObject *arguments, GError **error);

/* Its connection, which must be signed on. */
PurpleConnection *require_connection(JsonObject *arguments, GError **error);

/* An event about an account. */
JsonObject *account_event(const char *name, PurpleAccount *account);

#endif
