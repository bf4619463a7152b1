/* What a plugin shows its user: messages, pages, user information, search results. */
#ifndef HOST_NOTIFICATIONS_H
#define HOST_NOTIFICATIONS_H

void notifications_init(void);
void notifications_uninit(void);

#endif
