/* libpurple on the main loop of GLib. */
#ifndef HOST_LOOP_H
#define HOST_LOOP_H

/* Before libpurple starts. */
void loop_init(void);

#endif
