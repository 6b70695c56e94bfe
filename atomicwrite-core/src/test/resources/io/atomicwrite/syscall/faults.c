/*
 * Fails chosen system calls of a process on the files below one directory. Loaded with LD_PRELOAD; the plan lies in a file
 * that the process maps too (environment: FAULT_PLAN, FAULT_SCOPE), so that each run of a sweep only has to set a number.
 * A sync is not passed on: no crash is tried here, and a sweep has thousands of them.
 */
#define _GNU_SOURCE
/* the first version that this processor's C library has had */
#ifdef __x86_64__
#define DLSYM_VERSION "GLIBC_2.2.5"
#else
#define DLSYM_VERSION "GLIBC_2.17"
#endif
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/openat2.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum op { OPEN, CREATE, READ, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, LOCK, CLOSE, CHMOD, CHOWN, SETXATTR, GETXATTR, STAT, LIST, WRITE_OUT, OPS };
enum mode { BEFORE, AFTERWARDS, FROM_NOW_ON };
enum { SHORT = -1, MAX_ERRORS = 8, MAX_FD = 65536 };

struct plan {
	int32_t armed, nth, variant, mode;
	int32_t seen, fired, op, error, exhausted;
	int32_t fired_by_op[OPS];
};

/* The errors that open(2), write(2), fsync(2), rename(2), … name for regular files, and 0 at the end. */
static const int errors[OPS][MAX_ERRORS] = {
	[OPEN] = { EIO, EACCES, EMFILE, EINTR },
	[CREATE] = { EIO, EACCES, EMFILE, ENOSPC, EDQUOT, EROFS, EINTR },
	[READ] = { EIO, EINTR },
	[WRITE] = { EIO, ENOSPC, EDQUOT, EINTR, SHORT },
	[SYNC] = { EIO, ENOSPC, EDQUOT, EROFS, EINTR },
	[RENAME] = { EIO, ENOSPC, EDQUOT, EACCES, EROFS, EXDEV, EBUSY },
	[LINK] = { EIO, ENOSPC, EDQUOT, EACCES, EROFS, EPERM, EMLINK },
	[UNLINK] = { EIO, EACCES, EROFS, EBUSY },
	[MKDIR] = { EIO, ENOSPC, EDQUOT, EACCES, EROFS },
	[LOCK] = { ENOLCK, EAGAIN, EINTR, EIO },
	[CLOSE] = { EIO, ENOSPC, EDQUOT, EINTR },
	[CHMOD] = { EIO, EPERM, EROFS },
	[CHOWN] = { EIO, EPERM, EROFS },
	[SETXATTR] = { EIO, ENOSPC, EDQUOT, ENOTSUP },
	[GETXATTR] = { EIO, ENOTSUP },
	[STAT] = { EIO, EACCES },
	[LIST] = { EIO },
	/* the last two as a sandbox answers that does not know the call, or forbids it */
	[WRITE_OUT] = { EIO, ENOSPC, EDQUOT, EINTR, ENOSYS, EPERM },
};

static struct plan *plan;
static const char *scope;
static size_t scope_length;
static unsigned char ours[MAX_FD];

__attribute__((constructor)) static void start(void)
{
	const char *file = getenv("FAULT_PLAN");
	scope = getenv("FAULT_SCOPE");
	if (!file || !scope)
		return;
	scope_length = strlen(scope);
	int fd = open(file, O_RDWR);
	void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		abort();
	close(fd);
	plan = map;
}

static int in_scope(const char *path)
{
	return plan && path && strncmp(path, scope, scope_length) == 0;
}

static int is_ours(int fd)
{
	return plan && fd >= 0 && fd < MAX_FD && ours[fd];
}

/* Returns the error with which this call is to fail, SHORT for a short write, or 0. */
static int fault(enum op op)
{
	if (!plan->armed)
		return 0;
	int n = ++plan->seen;
	if (n < plan->nth || (n > plan->nth && (plan->mode != FROM_NOW_ON || plan->exhausted)))
		return 0;
	int variant = plan->mode == FROM_NOW_ON ? 0 : plan->variant;
	int error = errors[op][variant];
	int repeatable = op == RENAME || op == LINK || op == UNLINK || op == MKDIR || op == SYNC || op == WRITE_OUT || op == CHMOD || op == SETXATTR;
	if (n == plan->nth)
		plan->op = op;
	if (error == 0 || (plan->mode == AFTERWARDS && (!repeatable || variant > 0))) {
		plan->exhausted = 1;
		return 0;
	}
	plan->error = error;
	plan->fired++;
	plan->fired_by_op[op]++;
	return error;
}

#define REAL(name, ...) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *) dlsym(RTLD_NEXT, #name)

/* Runs CALL, or fails: before, or afterwards as a server does whose answer is lost. */
#define FAIL_OR(op, ours_, CALL) \
	do { \
		int error_ = (ours_) ? fault(op) : 0; \
		if (error_ == 0) \
			return CALL; \
		if (plan->mode == AFTERWARDS && (CALL) < 0) \
			return -1; \
		errno = error_; \
		return -1; \
	} while (0)

static int opened(const char *path, int flags, int fd)
{
	(void) flags;
	if (fd >= 0 && fd < MAX_FD)
		ours[fd] = in_scope(path);
	return fd;
}

static int fails_to_open(const char *path, int flags)
{
	int error = in_scope(path) ? fault((flags & O_CREAT) ? CREATE : OPEN) : 0;
	if (error)
		errno = error;
	return error;
}

#define OPEN_FUNCTION(name) \
	int name(const char *path, int flags, ...) \
	{ \
		REAL(name); \
		mode_t mode = 0; \
		if (flags & (O_CREAT | O_TMPFILE)) { \
			va_list arguments; \
			va_start(arguments, flags); \
			mode = va_arg(arguments, mode_t); \
			va_end(arguments); \
		} \
		return fails_to_open(path, flags) ? -1 : opened(path, flags, real(path, flags, mode)); \
	}
OPEN_FUNCTION(open)
OPEN_FUNCTION(open64)

static DIR *listed;

DIR *opendir(const char *path)
{
	REAL(opendir);
	DIR *directory = real(path);
	if (in_scope(path))
		listed = directory;
	return directory;
}

DIR *fdopendir(int fd)
{
	REAL(fdopendir);
	DIR *directory = real(fd);
	/* the descriptor is a copy of one that was opened */
	char link[64], path[4096];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (plan && length > 0) {
		path[length] = 0;
		if (in_scope(path))
			listed = directory;
	}
	return directory;
}

#define LIST_FUNCTION(name, entry) \
	entry *name(DIR *directory) \
	{ \
		REAL(name); \
		int error = plan && directory == listed ? fault(LIST) : 0; \
		if (error) { \
			errno = error; \
			return NULL; \
		} \
		return real(directory); \
	}
LIST_FUNCTION(readdir, struct dirent)
LIST_FUNCTION(readdir64, struct dirent64)

#define SIZED(name, op, buffer) \
	ssize_t name(int fd, buffer bytes, size_t length, off64_t offset) \
	{ \
		REAL(name); \
		int error = is_ours(fd) ? fault(op) : 0; \
		if (error == SHORT) \
			return length > 1 ? real(fd, bytes, length / 2, offset) : real(fd, bytes, length, offset); \
		if (error) { \
			errno = error; \
			return -1; \
		} \
		return real(fd, bytes, length, offset); \
	}
SIZED(pread64, READ, void *)
SIZED(pwrite64, WRITE, const void *)

ssize_t read(int fd, void *bytes, size_t length)
{
	REAL(read);
	FAIL_OR(READ, is_ours(fd), real(fd, bytes, length));
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	REAL(write);
	int error = is_ours(fd) ? fault(WRITE) : 0;
	if (error == SHORT)
		return real(fd, bytes, length > 1 ? length / 2 : length);
	if (error) {
		errno = error;
		return -1;
	}
	return real(fd, bytes, length);
}

int fsync(int fd)
{
	REAL(fsync);
	FAIL_OR(SYNC, is_ours(fd), is_ours(fd) ? 0 : real(fd));
}

int fdatasync(int fd)
{
	REAL(fdatasync);
	FAIL_OR(SYNC, is_ours(fd), is_ours(fd) ? 0 : real(fd));
}

int rename(const char *from, const char *to)
{
	REAL(rename);
	FAIL_OR(RENAME, in_scope(from), real(from, to));
}

int link(const char *from, const char *to)
{
	REAL(link);
	FAIL_OR(LINK, in_scope(to), real(from, to));
}

int unlink(const char *path)
{
	REAL(unlink);
	FAIL_OR(UNLINK, in_scope(path), real(path));
}

/* java.io.File deletes by this, which calls unlink(2) and not the function above. */
int remove(const char *path)
{
	REAL(remove);
	FAIL_OR(UNLINK, in_scope(path), real(path));
}

int rmdir(const char *path)
{
	REAL(rmdir);
	FAIL_OR(UNLINK, in_scope(path), real(path));
}

int mkdir(const char *path, mode_t mode)
{
	REAL(mkdir);
	FAIL_OR(MKDIR, in_scope(path), real(path, mode));
}

int fcntl(int fd, int command, ...)
{
	REAL(fcntl);
	va_list arguments;
	va_start(arguments, command);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	int locks = command == F_SETLK || command == F_SETLKW || command == F_SETLK64 || command == F_SETLKW64;
	/* an unlock does not fail */
	FAIL_OR(LOCK, locks && is_ours(fd) && ((struct flock *) argument)->l_type != F_UNLCK, real(fd, command, argument));
}

/* close(2): the descriptor is gone, whatever is reported. */
int close(int fd)
{
	REAL(close);
	int mine = is_ours(fd);
	if (mine)
		ours[fd] = 0;
	int result = real(fd);
	int error = mine ? fault(CLOSE) : 0;
	if (error) {
		errno = error;
		return -1;
	}
	return result;
}

int chmod(const char *path, mode_t mode)
{
	REAL(chmod);
	FAIL_OR(CHMOD, in_scope(path), real(path, mode));
}

int fchmod(int fd, mode_t mode)
{
	REAL(fchmod);
	FAIL_OR(CHMOD, is_ours(fd), real(fd, mode));
}

int fchmodat(int directory, const char *path, mode_t mode, int flags)
{
	REAL(fchmodat);
	FAIL_OR(CHMOD, in_scope(path), real(directory, path, mode, flags));
}

int chown(const char *path, uid_t user, gid_t group)
{
	REAL(chown);
	FAIL_OR(CHOWN, in_scope(path), real(path, user, group));
}

int lchown(const char *path, uid_t user, gid_t group)
{
	REAL(lchown);
	FAIL_OR(CHOWN, in_scope(path), real(path, user, group));
}

int fchown(int fd, uid_t user, gid_t group)
{
	REAL(fchown);
	FAIL_OR(CHOWN, is_ours(fd), real(fd, user, group));
}

int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags)
{
	static int (*real)(int, const char *, const void *, size_t, int);
	if (!real)
		real = (int (*)(int, const char *, const void *, size_t, int)) dlsym(RTLD_NEXT, "fsetxattr");
	FAIL_OR(SETXATTR, is_ours(fd), real(fd, name, value, size, flags));
}

ssize_t fgetxattr(int fd, const char *name, void *value, size_t size)
{
	static ssize_t (*real)(int, const char *, void *, size_t);
	if (!real)
		real = (ssize_t (*)(int, const char *, void *, size_t)) dlsym(RTLD_NEXT, "fgetxattr");
	FAIL_OR(GETXATTR, is_ours(fd), real(fd, name, value, size));
}

ssize_t flistxattr(int fd, char *list, size_t size)
{
	static ssize_t (*real)(int, char *, size_t);
	if (!real)
		real = (ssize_t (*)(int, char *, size_t)) dlsym(RTLD_NEXT, "flistxattr");
	FAIL_OR(GETXATTR, is_ours(fd), real(fd, list, size));
}

#define STAT_FUNCTION(name) \
	int name(const char *path, struct stat64 *result) \
	{ \
		static int (*real)(const char *, struct stat64 *); \
		if (!real) \
			real = (int (*)(const char *, struct stat64 *)) dlsym(RTLD_NEXT, #name); \
		FAIL_OR(STAT, in_scope(path), real(path, result)); \
	}
STAT_FUNCTION(stat64)
STAT_FUNCTION(lstat64)

/* What programs call that were built with an older C library. */
#define OLD_STAT_FUNCTION(name) \
	int name(int version, const char *path, struct stat64 *result) \
	{ \
		static int (*real)(int, const char *, struct stat64 *); \
		if (!real) \
			real = (int (*)(int, const char *, struct stat64 *)) dlsym(RTLD_NEXT, #name); \
		FAIL_OR(STAT, in_scope(path), real(version, path, result)); \
	}
OLD_STAT_FUNCTION(__xstat64)
OLD_STAT_FUNCTION(__lxstat64)

int statx(int directory, const char *path, int flags, unsigned mask, struct statx *result)
{
	static int (*real)(int, const char *, int, unsigned, struct statx *);
	if (!real)
		real = (int (*)(int, const char *, int, unsigned, struct statx *)) dlsym(RTLD_NEXT, "statx");
	FAIL_OR(STAT, in_scope(path), real(directory, path, flags, mask, result));
}

/* What native calls make: syscall(2), with names below open directories. */

static int in_scope_at(int directory, const char *path)
{
	static const char numbered[] = "/proc/self/fd/";
	if (plan && path && strncmp(path, numbered, sizeof numbered - 1) == 0)
		return is_ours(atoi(path + sizeof numbered - 1));
	return path && path[0] == '/' ? in_scope(path) : is_ours(directory);
}

#define WORDS number, a, b, c, d, e, f
#define PASS() real(WORDS)

static long syscall_open(long (*real)(long, ...), int flags, long number, long a, long b, long c, long d, long e, long f)
{
	int mine = in_scope_at((int) a, (const char *) b);
	int error = mine ? fault((flags & O_CREAT) ? CREATE : OPEN) : 0;
	if (error) {
		errno = error;
		return -1;
	}
	long fd = PASS();
	if (fd >= 0 && fd < MAX_FD)
		ours[fd] = mine;
	return fd;
}

static long syscall_write(long (*real)(long, ...), long number, long a, long b, long c, long d, long e, long f)
{
	int error = is_ours((int) a) ? fault(WRITE) : 0;
	if (error == SHORT)
		c = c > 1 ? c / 2 : c;
	else if (error) {
		errno = error;
		return -1;
	}
	return PASS();
}

static long syscall_close(long (*real)(long, ...), long number, long a, long b, long c, long d, long e, long f)
{
	int mine = is_ours((int) a);
	if (mine)
		ours[a] = 0;
	long result = PASS();
	int error = mine ? fault(CLOSE) : 0;
	if (error) {
		errno = error;
		return -1;
	}
	return result;
}

static int takes_lock(int command, const struct flock *lock)
{
	return (command == F_SETLK || command == F_OFD_SETLK) && lock->l_type != F_UNLCK;
}

long syscall(long number, ...)
{
	REAL(syscall);
	va_list arguments;
	va_start(arguments, number);
	long a = va_arg(arguments, long), b = va_arg(arguments, long), c = va_arg(arguments, long);
	long d = va_arg(arguments, long), e = va_arg(arguments, long), f = va_arg(arguments, long);
	va_end(arguments);
	if (!plan)
		return PASS();
	switch (number) {
	case SYS_openat:
		return syscall_open(real, (int) c, WORDS);
	case SYS_openat2:
		return syscall_open(real, (int) ((struct open_how *) c)->flags, WORDS);
	case SYS_close:
		return syscall_close(real, WORDS);
	case SYS_pwrite64:
		return syscall_write(real, WORDS);
	case SYS_pread64:
		FAIL_OR(READ, is_ours((int) a), PASS());
	case SYS_fsync:
		FAIL_OR(SYNC, is_ours((int) a), is_ours((int) a) ? 0 : PASS());
	case SYS_sync_file_range:
		FAIL_OR(WRITE_OUT, is_ours((int) a) && (d & SYNC_FILE_RANGE_WAIT_AFTER), PASS());
	case SYS_fcntl:
		FAIL_OR(LOCK, is_ours((int) a) && takes_lock((int) b, (const struct flock *) c), PASS());
	case SYS_statx:
		FAIL_OR(STAT, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_mkdirat:
		FAIL_OR(MKDIR, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_renameat2:
		FAIL_OR(RENAME, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_linkat:
		FAIL_OR(LINK, in_scope_at((int) c, (const char *) d), PASS());
	case SYS_unlinkat:
		FAIL_OR(UNLINK, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_fchmodat:
		FAIL_OR(CHMOD, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_fchownat:
		FAIL_OR(CHOWN, in_scope_at((int) a, (const char *) b), PASS());
	case SYS_lsetxattr:
	case SYS_lremovexattr:
		FAIL_OR(SETXATTR, in_scope_at(AT_FDCWD, (const char *) a), PASS());
	case SYS_lgetxattr:
	case SYS_llistxattr:
		FAIL_OR(GETXATTR, in_scope_at(AT_FDCWD, (const char *) a), PASS());
	default:
		return PASS();
	}
}

/* Java looks the function above up in the C library itself, whatever was loaded before it. */
void *dlsym(void *library, const char *name)
{
	static void *(*real)(void *, const char *);
	if (!real)
		real = (void *(*)(void *, const char *)) dlvsym(RTLD_NEXT, "dlsym", DLSYM_VERSION);
	return library != RTLD_NEXT && strcmp(name, "syscall") == 0 ? (void *) syscall : real(library, name);
}
