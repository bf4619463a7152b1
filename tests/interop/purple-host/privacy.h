/* Who may reach the user. */
#ifndef HOST_PRIVACY_H
#define HOST_PRIVACY_H

void privacy_init(void);

#endif
