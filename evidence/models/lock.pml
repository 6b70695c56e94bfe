/*
 * The life of a lock file that is deleted on release.
 * Followed by: io.atomicwrite.lock.HostLock (tryLock, isUnused, proveIdentity, isHeld,
 * unlock, deleteFile), HostLocks (Attempt, Held) and LingeringFile; docs/concepts/locking.md
 * has the proof by hand.
 *
 * N processes open the lock file, lock it, prove that the path names what they have
 * locked, work, delete the file or leave it, and close it. Or they give up the lock, keep
 * the file open, and lock it again later, if the path still names it and nobody has changed
 * its size. Each may look only, give up, or be killed at any moment and start again. Inodes
 * are used again as soon as no name and no descriptor has them.
 *
 * Assumptions.
 *  - The kernel gives the lock of an inode to one process at a time, and drops it when
 *    that process closes the inode or dies. So to die is to close it at once.
 *  - open, stat, unlink and a change of size are one step each; a size is seen at the path
 *    at once.
 *  - Nobody but these processes touches the lock file, and none opens it twice.
 *  - Chance is against nobody: another file that changes between the two looks does not
 *    change to exactly the second size (once in 2^20 such races). CHANCE drops this one.
 *    That a file which does not change can't show both sizes is not assumed but asserted.
 *
 * Shown: no two work at once.
 *
 * Naive: NO_PROOF, ONE_LOOK (a single size), INODE (the number of the inode before the
 * open and after the lock), LATE_DELETE (after the unlock), CHANCE, LINGER_BLIND (a file
 * that stayed open is locked again without a look), LINGER_SIZE (the size alone is looked
 * at).
 */
#ifndef N
#define N 2
#endif
#define INODES (N + 1)
#define NONE 99
#define LARGE 1
#define LARGEST_STEP 2

byte path = NONE;     /* the inode that the path names */
byte size[INODES];
byte owner[INODES];   /* of its lock: a process + 1, or 0 */
byte fd[N] = NONE;    /* the inode that each process has open */
bool working[N];
byte look[N];         /* 1 between the two looks of a process, 2 if the path may show another size since */
byte p;               /* of loops within one step */

#define SHOWS_MINE (path != NONE && size[path] == mine)
#define OR_DIES :: goto closing

inline see_change(me)
{
	p = 0;
	do
	:: p < N ->
		look[p] = (look[p] && p != me -> 2 : look[p]);
		p++
	:: else -> break
	od;
	p = 0
}

inline open_file(me)
{
	d_step {
		if
		:: path == NONE ->
			path = 0;
			do
			:: p < N && fd[p] == path -> path++; p = 0
			:: p < N && fd[p] != path -> p++
			:: else -> break
			od;
			size[path] = 0;
			see_change(me)
		:: else
		fi;
		fd[me] = path
	}
}

/* What has neither name nor descriptor is as good as new. */
inline free_inodes()
{
	old = 0;
	do
	:: old < INODES ->
		p = 0;
		do
		:: p < N && fd[p] != old -> p++
		:: else -> break
		od;
		size[old] = (p == N && path != old -> 0 : size[old]);
		old++
	:: else -> break
	od;
	old = 0;
	p = 0
}

inline close_file(me)
{
	d_step {
		if
		:: fd[me] != NONE && owner[fd[me]] == me + 1 -> owner[fd[me]] = 0
		:: else
		fi;
		fd[me] = NONE;
		working[me] = false;
		look[me] = 0;
		free_inodes()
	}
}

/* A random step, never back to the size before. */
inline resize(me)
{
	if
	:: step = 1
	:: step = LARGEST_STEP
	fi;
	d_step {
		mine = mine + step;
		mine = (mine == before -> mine + 1 : mine);
		size[fd[me]] = mine;
		step = 0;
		see_change(me)
	}
}

inline work(me)
{
	d_step {
		working[me] = true;
		do
		:: p < N -> assert(p == me || !working[p]); p++
		:: else -> break
		od;
		p = 0
	}
}

proctype process(byte me)
{
	byte before, mine, step, key, old;
again:
#ifdef INODE
	key = path;
#endif
	open_file(me);
	if
	:: d_step { owner[fd[me]] == 0 ->
		owner[fd[me]] = me + 1;
		before = size[fd[me]];
		mine = (before < LARGE -> before : 0) }
	OR_DIES /* or gives up */
	fi;
#ifdef INODE
	if
	:: path != NONE && path == key
	OR_DIES /* or looked only, or it is another */
	fi;
#endif
#if !defined(NO_PROOF) && !defined(INODE)
	atomic { resize(me) };
	if
	:: d_step { SHOWS_MINE -> look[me] = 1 }
	OR_DIES /* or it does not */
	fi;
#ifndef ONE_LOOK
	atomic { resize(me) };
	if
	:: d_step { SHOWS_MINE -> assert(path == fd[me] || look[me] == 2);
		before = (path == fd[me] -> 0 : 1);
		look[me] = 0 }
	OR_DIES
	fi;
#ifndef CHANCE
	!before; /* or never again: left out, see the assumptions */
#endif
#endif
#endif
holding:
	before = 0;
	work(me);
	working[me] = false;
#if !defined(NO_PROOF) && !defined(INODE)
	if
	:: SHOWS_MINE && mine > 1 -> goto leaving
	:: true
	fi;
#endif
#ifdef LATE_DELETE
	close_file(me);
#endif
	if
#if defined(NO_PROOF) || defined(INODE)
	:: true
#else
	:: SHOWS_MINE
#endif
		-> d_step { path = NONE; see_change(me); free_inodes() }
	OR_DIES /* or keeps the file, or finds that it has lost it */
	fi;
	goto closing;
leaving: /* the lock, but not the file */
	skip;
	d_step { mine--; size[fd[me]] = mine; see_change(me) };
	owner[fd[me]] = 0;
	if
	:: d_step { owner[fd[me]] == 0 -> owner[fd[me]] = me + 1 }
	OR_DIES /* or gives up, or ends it without the lock */
	fi;
	if
#ifdef LINGER_BLIND
	:: true
#elif defined(LINGER_SIZE)
	:: SHOWS_MINE
#else
	:: path == fd[me] && SHOWS_MINE
#endif
		-> goto holding
	OR_DIES /* or starts anew */
	fi;
closing:
	close_file(me);
	d_step { before = 0; mine = 0; step = 0; key = 0 };
	goto again
}

init {
	byte i = 0;
	atomic {
		do
		:: i < N -> run process(i); i++
		:: else -> break
		od;
		i = 0
	}
}
