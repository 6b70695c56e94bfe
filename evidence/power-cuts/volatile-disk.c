/*
 * A disk with a volatile write cache, as a FUSE filesystem of two files.
 *
 *   disk      what a loop device is put upon. A write is in the cache, and durable once
 *             the device has been flushed (FUSE_FSYNC).
 *   control   commands are written to it, one per write(2), which fails if they do:
 *               cut HOW SEED FILE       writes to FILE the disk as a power failure at
 *                                       this instant leaves it; HOW says what becomes of
 *                                       the writes that were not flushed:
 *                                         none    all are lost
 *                                         all     all have arrived
 *                                         prefix  the first have arrived
 *                                         subset  some have arrived
 *                                         torn    some have arrived, some 512-byte
 *                                                 sectors of others
 *               fail-writes N [MARK]    the next N writes, or those that contain MARK,
 *                                       fail with EIO and change nothing; a write that
                                       continues the one before it does not fail
 *               fail-flushes N          the next N flushes fail with EIO
 *             Counters are read from it.
 *
 * usage: volatile-disk MIB MOUNT-POINT IMAGE
 * IMAGE, of at most that size, is what the disk holds at first.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, SECTOR = 512, COMMAND = 4096 };

struct unflushed {
	off_t offset;
	size_t length;
	unsigned char bytes[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t disk_size;
static unsigned char *durable; /* what a power failure can't take */
static unsigned char *current; /* what reads see */
static bool *touched;          /* per chunk, whether durable may hold other than zeros */

static struct unflushed **cache;
static size_t cached, cache_capacity;

static long writes, flushes, failed_writes, failed_flushes;
static long writes_to_fail, flushes_to_fail;
static char mark[64];

static size_t unflushed_at_cut;

static uint64_t random_state;

static uint64_t random_next(void)
{
	uint64_t z = random_state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static int write_fully(int fd, const unsigned char *bytes, size_t length, off_t offset)
{
	while (length > 0) {
		ssize_t done = pwrite(fd, bytes, length, offset);
		if (done < 0)
			return -errno;
		bytes += done;
		length -= (size_t) done;
		offset += done;
	}
	return 0;
}

static int write_torn(int fd, const struct unflushed *write)
{
	for (size_t at = 0; at < write->length; at += SECTOR) {
		size_t length = write->length - at < SECTOR ? write->length - at : SECTOR;
		if (random_next() & 1)
			continue;
		int error = write_fully(fd, write->bytes + at, length, write->offset + (off_t) at);
		if (error)
			return error;
	}
	return 0;
}

enum fate { LOST, WHOLE, TORN };

static enum fate fate_of(const char *how, size_t index, size_t arrived)
{
	if (!strcmp(how, "all"))
		return WHOLE;
	if (!strcmp(how, "prefix"))
		return index < arrived ? WHOLE : LOST;
	if (!strcmp(how, "subset"))
		return random_next() & 1 ? WHOLE : LOST;
	if (!strcmp(how, "torn"))
		return (enum fate) (random_next() % 3);
	return LOST;
}

static int write_cut(int fd, const char *how)
{
	if (ftruncate(fd, (off_t) disk_size) != 0)
		return -errno;
	int error = 0;
	for (size_t chunk = 0; !error && chunk < disk_size / CHUNK; chunk++)
		if (touched[chunk])
			error = write_fully(fd, durable + chunk * CHUNK, CHUNK, (off_t) (chunk * CHUNK));
	size_t arrived = random_next() % (cached + 1);
	for (size_t i = 0; !error && i < cached; i++) {
		enum fate fate = fate_of(how, i, arrived);
		if (fate == WHOLE)
			error = write_fully(fd, cache[i]->bytes, cache[i]->length, cache[i]->offset);
		else if (fate == TORN)
			error = write_torn(fd, cache[i]);
	}
	return error;
}

static int cut(const char *how, unsigned long seed, const char *path)
{
	static const char *const known[] = { "none", "all", "prefix", "subset", "torn" };
	bool found = false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		found |= !strcmp(how, known[i]);
	if (!found)
		return -EINVAL;
	random_state = seed;
	unflushed_at_cut = cached;
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
	if (fd < 0)
		return -errno;
	int error = write_cut(fd, how);
	if (close(fd) != 0 && !error)
		error = -errno;
	return error;
}

static int command(const char *text)
{
	char how[16], path[COMMAND];
	unsigned long seed;
	if (sscanf(text, "cut %15s %lu %4095s", how, &seed, path) == 3)
		return cut(how, seed, path);
	if (sscanf(text, "fail-writes %ld", &writes_to_fail) == 1) {
		if (sscanf(text, "fail-writes %*d %63s", mark) != 1)
			mark[0] = '\0';
		return 0;
	}
	if (sscanf(text, "fail-flushes %ld", &flushes_to_fail) == 1)
		return 0;
	return -EINVAL;
}

static int write_cached(const char *bytes, size_t length, off_t offset)
{
	if ((size_t) offset + length > disk_size)
		return -ENOSPC;
	/* The loop device passes a write on in pieces, and takes one that fails after the first for done. */
	static off_t end_of_last;
	bool first_piece = offset != end_of_last;
	end_of_last = offset + (off_t) length;
	if (writes_to_fail > 0 && first_piece && (!mark[0] || memmem(bytes, length, mark, strlen(mark)))) {
		writes_to_fail--;
		failed_writes++;
		return -EIO;
	}
	if (cached == cache_capacity) {
		size_t capacity = cache_capacity ? 2 * cache_capacity : 1024;
		struct unflushed **larger = realloc(cache, capacity * sizeof *cache);
		if (!larger)
			return -ENOMEM;
		cache = larger;
		cache_capacity = capacity;
	}
	struct unflushed *entry = malloc(sizeof *entry + length);
	if (!entry)
		return -ENOMEM;
	entry->offset = offset;
	entry->length = length;
	memcpy(entry->bytes, bytes, length);
	cache[cached++] = entry;
	memcpy(current + offset, bytes, length);
	writes++;
	return (int) length;
}

static void make_durable(const unsigned char *bytes, size_t length, off_t offset)
{
	memcpy(durable + offset, bytes, length);
	for (size_t chunk = (size_t) offset / CHUNK; chunk * CHUNK < (size_t) offset + length; chunk++)
		touched[chunk] = true;
}

static int flush_cache(void)
{
	if (flushes_to_fail > 0) {
		flushes_to_fail--;
		failed_flushes++;
		return -EIO;
	}
	for (size_t i = 0; i < cached; i++) {
		make_durable(cache[i]->bytes, cache[i]->length, cache[i]->offset);
		free(cache[i]);
	}
	cached = 0;
	flushes++;
	return 0;
}

static bool is_disk(const char *path)
{
	return !strcmp(path, "/disk");
}

static bool is_control(const char *path)
{
	return !strcmp(path, "/control");
}

static int on_getattr(const char *path, struct stat *stat, struct fuse_file_info *info)
{
	(void) info;
	memset(stat, 0, sizeof *stat);
	if (!strcmp(path, "/")) {
		stat->st_mode = S_IFDIR | 0700;
		stat->st_nlink = 2;
	} else if (is_disk(path)) {
		stat->st_mode = S_IFREG | 0600;
		stat->st_nlink = 1;
		stat->st_size = (off_t) disk_size;
	} else if (is_control(path)) {
		stat->st_mode = S_IFREG | 0600;
		stat->st_nlink = 1;
	} else {
		return -ENOENT;
	}
	return 0;
}

static int on_open(const char *path, struct fuse_file_info *info)
{
	info->direct_io = is_control(path);
	return 0;
}

static int on_truncate(const char *path, off_t size, struct fuse_file_info *info)
{
	(void) size;
	(void) info;
	return is_control(path) ? 0 : -EPERM;
}

static int on_read(const char *path, char *buffer, size_t length, off_t offset, struct fuse_file_info *info)
{
	(void) info;
	char text[256];
	const void *from = text;
	pthread_mutex_lock(&lock);
	size_t end = disk_size;
	if (is_control(path))
		end = (size_t) snprintf(text, sizeof text,
				"writes %ld\nflushes %ld\nunflushed-at-cut %zu\nfailed-writes %ld\nfailed-flushes %ld\n",
				writes, flushes, unflushed_at_cut, failed_writes, failed_flushes);
	else
		from = current;
	size_t count = (size_t) offset >= end ? 0 : end - (size_t) offset;
	if (count > length)
		count = length;
	memcpy(buffer, (const char *) from + (count ? offset : 0), count);
	pthread_mutex_unlock(&lock);
	return (int) count;
}

static int on_write(const char *path, const char *bytes, size_t length, off_t offset, struct fuse_file_info *info)
{
	(void) info;
	int result;
	pthread_mutex_lock(&lock);
	if (is_disk(path)) {
		result = write_cached(bytes, length, offset);
	} else if (length >= COMMAND) {
		result = -E2BIG;
	} else {
		char text[COMMAND] = "";
		memcpy(text, bytes, length);
		result = command(text);
		if (!result)
			result = (int) length;
	}
	pthread_mutex_unlock(&lock);
	return result;
}

static int on_fsync(const char *path, int data_only, struct fuse_file_info *info)
{
	(void) data_only;
	(void) info;
	if (!is_disk(path))
		return 0;
	pthread_mutex_lock(&lock);
	int result = flush_cache();
	pthread_mutex_unlock(&lock);
	return result;
}

static const struct fuse_operations operations = {
	.getattr = on_getattr,
	.open = on_open,
	.truncate = on_truncate,
	.read = on_read,
	.write = on_write,
	.fsync = on_fsync,
};

static void *memory(size_t size)
{
	void *found = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (found == MAP_FAILED) {
		perror("volatile-disk: memory");
		exit(1);
	}
	return found;
}

static void load(const char *image)
{
	static unsigned char chunk[CHUNK], zeros[CHUNK];
	int fd = open(image, O_RDONLY);
	ssize_t length = 0;
	for (off_t at = 0; fd >= 0 && (length = pread(fd, chunk, CHUNK, at)) > 0; at += length)
		if (memcmp(chunk, zeros, (size_t) length)) {
			make_durable(chunk, (size_t) length, at);
			memcpy(current + at, chunk, (size_t) length);
		}
	if (fd < 0 || length < 0) {
		perror(image);
		exit(1);
	}
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc != 4 || atol(argv[1]) <= 0) {
		fprintf(stderr, "usage: volatile-disk MIB MOUNT-POINT IMAGE\n");
		return 2;
	}
	disk_size = (size_t) atol(argv[1]) << 20;
	durable = memory(disk_size);
	current = memory(disk_size);
	touched = memory(disk_size / CHUNK);
	load(argv[3]);
	char *fuse_argv[] = { argv[0], "-f", "-o", "fsname=volatile-disk", argv[2], NULL };
	return fuse_main(5, fuse_argv, &operations, NULL);
}
