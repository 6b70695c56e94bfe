/*
 * Sets the wall clock of one process ahead, by CLOCK_AHEAD seconds. Waits and the monotonic clock stay as they are: libfaketime lets the timed waits of a
 * JVM end at once.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long ahead(void) {
	const char *seconds = getenv("CLOCK_AHEAD");
	return seconds ? atol(seconds) : 0;
}

int clock_gettime(clockid_t id, struct timespec *now) {
	int result = (int) syscall(SYS_clock_gettime, id, now);
	if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
		now->tv_sec += ahead();
	}
	return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
	struct timespec time;
	(void) zone;
	int result = clock_gettime(CLOCK_REALTIME, &time);
	now->tv_sec = time.tv_sec;
	now->tv_usec = time.tv_nsec / 1000;
	return result;
}

time_t time(time_t *now) {
	struct timespec time;
	clock_gettime(CLOCK_REALTIME, &time);
	if (now) {
		*now = time.tv_sec;
	}
	return time.tv_sec;
}
