/* The menus of buddies, groups, chats and plugins: read, and chosen from, by labels. */
#ifndef HOST_MENUS_H
#define HOST_MENUS_H

void menus_init(void);

#endif
