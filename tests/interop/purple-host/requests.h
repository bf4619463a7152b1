/* The questions that a plugin has for its user: each is an event with a number, by which a command answers it. */
#ifndef HOST_REQUESTS_H
#define HOST_REQUESTS_H

void requests_init(void);
void requests_uninit(void);

#endif
