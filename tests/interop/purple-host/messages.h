/* What is said between two: instant messages and typing. */
#ifndef HOST_MESSAGES_H
#define HOST_MESSAGES_H

void messages_init(void);

#endif
