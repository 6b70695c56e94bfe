/*
 * Visibility and durability of one file that is replaced again and again.
 * Followed by: io.atomicwrite.core.PendingWrite (commit and publish), Committer, StagingFile.
 *
 * Version 0 is there, whole and durable, at the start. Each write of version v makes a new
 * file in two pieces, syncs it, renames it over the target, syncs the directory, and is
 * then acknowledged.
 *
 * Assumptions.
 *  - rename(2) is one step for readers and for the disk.
 *  - What is not synced reaches the disk at any time, piece by piece and in any order, or
 *    never: of a file any of its pieces, of the directory what it said at some moment.
 *  - A sync that returns has made durable all that came before it, and nothing undoes that.
 *  - A crash keeps what is durable and nothing else.
 *  - The blocks of a file that was replaced are not used again before the replacement is
 *    durable. (ext4 with data=writeback or without a journal breaks this one.)
 *
 * Shown: a reader finds a whole version, never nothing; after a crash at any moment the
 * target is a whole version v with acknowledged <= v <= attempted.
 *
 * Naive: NO_FILE_SYNC, NO_DIRECTORY_SYNC, UNLINK_FIRST (unlink and rename), IN_PLACE.
 */
#define VERSIONS 4 /* 0 to 3 */
#define WHOLE 3    /* both pieces */
#define NOTHING 9

byte written[VERSIONS]; /* which pieces of each version's file are there */
byte durable[VERSIONS]; /* which of them are on the disk */
byte target = 0;        /* the version whose file the target names */
byte on_disk = 0;       /* the same, on the disk */
byte attempted = 0;
byte acknowledged = 0;
bool crashed = false;

#define STEP(action) atomic { !crashed -> action }

proctype writer()
{
	byte v = 1;
	do
	:: v < VERSIONS ->
		STEP(attempted = v);
#ifdef IN_PLACE
		STEP(target = v; on_disk = (on_disk == NOTHING -> NOTHING : v));
#endif
		STEP(written[v] = 1);
		STEP(written[v] = WHOLE);
#ifndef NO_FILE_SYNC
		STEP(durable[v] = written[v]);
#endif
#ifdef UNLINK_FIRST
		STEP(target = NOTHING);
#endif
		STEP(target = v);
#ifndef NO_DIRECTORY_SYNC
		STEP(on_disk = target);
#endif
		STEP(acknowledged = v);
		v++
	:: else -> break
	od
}

/* Writes back what it likes, when it likes. */
proctype disk()
{
	byte v;
end:
	do
	:: atomic { !crashed && on_disk != target -> on_disk = target }
	:: atomic {
		!crashed;
		select (v : 0 .. VERSIONS - 1);
		if
		:: durable[v] = durable[v] | (written[v] & 1)
		:: durable[v] = durable[v] | (written[v] & 2)
		fi
	}
	od
}

proctype reader()
{
end:
	do
	:: STEP(assert(target != NOTHING); assert(written[target] == WHOLE))
	od
}

proctype power()
{
	atomic {
		crashed = true;
		assert(on_disk != NOTHING);
		assert(durable[on_disk] == WHOLE);
		assert(acknowledged <= on_disk);
		assert(on_disk <= attempted)
	}
}

init {
	atomic {
		written[0] = WHOLE;
		durable[0] = WHOLE;
		run writer();
		run disk();
		run reader();
		run power()
	}
}
