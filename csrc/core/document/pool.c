/* pool.c - a ring of documents: the caller fills it at one end and empties it at the other, workers serve what lies between.
 * What takes some microseconds only is handed over several at a time, or waking a thread would take longer than the work.
 *
 * Three counters only grow: taken <= begun <= submitted <= taken + capacity. A slot belongs to the caller outside
 * [taken, submitted), to the queue in [begun, submitted), and to one worker from the moment `begun` passes it until it is done.
 */
#define _DARWIN_C_SOURCE /* macOS hides the number of processors otherwise */
#include "tintuc/pool.h"

#include "base/alloc.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 16 }; /* brief documents that are begun together */

typedef struct {
    tt_str raw;
    const uint16_t *units; /* NULL: it is `raw` */
    size_t unit_count;
    tt_doc_options options;
    tt_pool_result result;
    bool brief; /* see tt_doc_is_brief */
    bool done;
} slot;

struct tt_pool {
    const tt_pipeline *pipeline;
    pthread_mutex_t lock;
    pthread_cond_t work, result; /* something to begin or stop; the oldest one is done */
    pthread_t *threads;
    unsigned thread_count;
    slot *slots;
    size_t capacity, submitted, begun, taken; /* counters under `lock` */
    unsigned asleep, calls;                   /* workers that wait and were not called; calls that nobody answered yet */
    bool stopping;
};

static slot *slot_of(const tt_pool *pool, size_t number)
{
    return &pool->slots[number % pool->capacity];
}

static void call_one(tt_pool *pool)
{
    if (pool->asleep == 0)
        return;
    pool->asleep--;
    pool->calls++;
    pthread_cond_signal(&pool->work);
}

static void sleep_lock_held(tt_pool *pool)
{
    pool->asleep++;
    while (pool->calls == 0 && !pool->stopping)
        pthread_cond_wait(&pool->work, &pool->lock);
    pool->calls -= pool->calls != 0;
}

static void make_document(const tt_pool *pool, slot *at)
{
    tt_pool_result *result = &at->result;
    result->status = at->units != NULL ? tt_doc_make_ucs2(&result->doc, pool->pipeline, at->units, at->unit_count, &at->options,
                                                          &result->error)
                                       : tt_doc_make(&result->doc, pool->pipeline, at->raw, &at->options, &result->error);
}

/* Documents to begin now: one, or as many brief ones as leave their share to those who sleep. */
static size_t claim_lock_held(tt_pool *pool)
{
    size_t share = (pool->submitted - pool->begun) / (pool->asleep + 1), most = share < BATCH ? share : BATCH, count = 1;
    bool brief = slot_of(pool, pool->begun)->brief;
    while (brief && count < most && slot_of(pool, pool->begun + count)->brief)
        count++;
    pool->begun += count;
    return count;
}

static void work_lock_held(tt_pool *pool)
{
    size_t first = pool->begun, count = claim_lock_held(pool);
    if (pool->begun != pool->submitted)
        call_one(pool);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < count; i++)
        make_document(pool, slot_of(pool, first + i));
    pthread_mutex_lock(&pool->lock);
    for (size_t i = 0; i < count; i++)
        slot_of(pool, first + i)->done = true;
    if (pool->taken - first < count)
        pthread_cond_signal(&pool->result);
}

static void *run_worker(void *context)
{
    tt_pool *pool = context;
    pthread_mutex_lock(&pool->lock);
    while (!pool->stopping) {
        if (pool->begun == pool->submitted)
            sleep_lock_held(pool);
        else
            work_lock_held(pool);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (unsigned)count;
}

/* Signals stay with the caller's threads: an interpreter wants Ctrl-C in its main one. */
static tt_status start_workers(tt_pool *pool, unsigned count, tt_error *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->thread_count < count && pthread_create(&pool->threads[pool->thread_count], NULL, run_worker, pool) == 0)
        pool->thread_count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool->thread_count == count ? TT_OK : tt_fail(err, TT_ENOMEM, 0, "pool: the system gives no more threads");
}

static bool init_locks(tt_pool *pool)
{
    if (pthread_mutex_init(&pool->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&pool->work, NULL) != 0)
        goto no_work;
    if (pthread_cond_init(&pool->result, NULL) == 0)
        return true;
    pthread_cond_destroy(&pool->work);
no_work:
    pthread_mutex_destroy(&pool->lock);
    return false;
}

tt_status tt_pool_new(tt_pool **out, const tt_pipeline *self, unsigned threads, size_t capacity, tt_error *err)
{
    *out = NULL;
    if (capacity == 0)
        return tt_fail(err, TT_EARGUMENT, 0, "pool: the capacity must be at least 1");
    if (threads == 0)
        threads = processors();
    tt_pool *pool = tt__calloc(1, sizeof *pool);
    if (pool == NULL || !init_locks(pool)) {
        tt__free(pool);
        return tt_fail(err, TT_ENOMEM, 0, "pool: out of memory");
    }
    pool->pipeline = self;
    pool->capacity = capacity;
    pool->slots = tt__calloc(capacity, sizeof *pool->slots);
    pool->threads = tt__calloc(threads, sizeof *pool->threads);
    tt_status status =
        pool->slots && pool->threads ? start_workers(pool, threads, err) : tt_fail(err, TT_ENOMEM, 0, "pool: out of memory");
    if (status == TT_OK)
        *out = pool;
    else
        tt_pool_free(pool);
    return status;
}

static tt_status submit(tt_pool *pool, const slot *filled, tt_error *err)
{
    tt_status status = TT_OK;
    pthread_mutex_lock(&pool->lock);
    if (pool->submitted - pool->taken == pool->capacity) {
        status = tt_fail(err, TT_ELIMIT, pool->capacity, "pool: %zu documents are under way; take one first", pool->capacity);
    } else {
        *slot_of(pool, pool->submitted++) = *filled;
        if (!filled->brief || pool->submitted - pool->begun >= BATCH)
            call_one(pool);
    }
    pthread_mutex_unlock(&pool->lock);
    return status;
}

tt_status tt_pool_submit(tt_pool *pool, tt_str raw, const tt_doc_options *options, void *tag, tt_error *err)
{
    slot filled = {.raw = raw, .result = {.tag = tag}};
    if (options != NULL)
        filled.options = *options;
    filled.brief = tt_doc_is_brief(raw.len, &filled.options);
    return submit(pool, &filled, err);
}

tt_status tt_pool_submit_ucs2(tt_pool *pool, const uint16_t *text, size_t len, const tt_doc_options *options, void *tag,
                              tt_error *err)
{
    slot filled = {.units = text, .unit_count = len, .result = {.tag = tag}};
    if (options != NULL)
        filled.options = *options;
    filled.brief = tt_doc_is_brief(len, &filled.options);
    return submit(pool, &filled, err);
}

size_t tt_pool_pending(const tt_pool *pool)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&pool->lock; /* the lock is not part of what const speaks of */
    pthread_mutex_lock(lock);
    size_t pending = pool->submitted - pool->taken;
    pthread_mutex_unlock(lock);
    return pending;
}

static struct timespec later(unsigned milliseconds)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at); /* the clock that conditions use by default */
    at.tv_sec += milliseconds / 1000;
    at.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* The oldest document, or NULL; who asks for it waits for no batch to fill. */
static slot *oldest_lock_held(tt_pool *pool, tt_error *err)
{
    if (pool->taken == pool->submitted) {
        tt_fail(err, TT_EARGUMENT, 0, "pool: no document is pending");
        return NULL;
    }
    slot *oldest = slot_of(pool, pool->taken);
    if (!oldest->done && pool->begun != pool->submitted)
        call_one(pool);
    return oldest;
}

tt_status tt_pool_wait(bool *done, tt_pool *pool, unsigned milliseconds, tt_error *err)
{
    *done = false;
    pthread_mutex_lock(&pool->lock);
    const slot *oldest = oldest_lock_held(pool, err);
    if (oldest != NULL && !oldest->done && milliseconds != 0) {
        const struct timespec end = later(milliseconds);
        while (!oldest->done && pthread_cond_timedwait(&pool->result, &pool->lock, &end) == 0) {
        }
    }
    *done = oldest != NULL && oldest->done;
    pthread_mutex_unlock(&pool->lock);
    return oldest != NULL ? TT_OK : TT_EARGUMENT;
}

tt_status tt_pool_take(tt_pool_result *out, tt_pool *pool, tt_error *err)
{
    pthread_mutex_lock(&pool->lock);
    slot *oldest = oldest_lock_held(pool, err);
    if (oldest != NULL) {
        while (!oldest->done)
            pthread_cond_wait(&pool->result, &pool->lock);
        *out = oldest->result;
        oldest->result.doc = NULL;
        pool->taken++;
    }
    pthread_mutex_unlock(&pool->lock);
    return oldest != NULL ? TT_OK : TT_EARGUMENT;
}

void tt_pool_free(tt_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    for (size_t i = pool->taken; i < pool->begun; i++)
        tt_doc_free(slot_of(pool, i)->result.doc);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->result);
    pthread_mutex_destroy(&pool->lock);
    tt__free(pool->slots);
    tt__free(pool->threads);
    tt__free(pool);
}
