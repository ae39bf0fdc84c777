/* pool.c - a ring of documents: the caller fills it at one end and empties it at the other, workers serve what lies between.
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

typedef struct {
    tt_str raw;
    tt_doc_options options;
    tt_pool_result result;
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
    bool stopping;
};

static slot *slot_of(const tt_pool *pool, size_t number)
{
    return &pool->slots[number % pool->capacity];
}

static void work_lock_held(tt_pool *pool)
{
    size_t number = pool->begun++;
    slot *at = slot_of(pool, number);
    pthread_mutex_unlock(&pool->lock);
    at->result.status = tt_doc_make(&at->result.doc, pool->pipeline, at->raw, &at->options, &at->result.error);
    pthread_mutex_lock(&pool->lock);
    at->done = true;
    if (number == pool->taken)
        pthread_cond_signal(&pool->result);
}

static void *run_worker(void *context)
{
    tt_pool *pool = context;
    pthread_mutex_lock(&pool->lock);
    while (!pool->stopping) {
        if (pool->begun == pool->submitted)
            pthread_cond_wait(&pool->work, &pool->lock);
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

tt_status tt_pool_submit(tt_pool *pool, tt_str raw, const tt_doc_options *options, void *tag, tt_error *err)
{
    tt_status status = TT_OK;
    pthread_mutex_lock(&pool->lock);
    if (pool->submitted - pool->taken == pool->capacity) {
        status = tt_fail(err, TT_ELIMIT, pool->capacity, "pool: %zu documents are under way; take one first", pool->capacity);
    } else {
        slot *at = slot_of(pool, pool->submitted++);
        *at = (slot){.raw = raw, .result = {.tag = tag}};
        if (options != NULL)
            at->options = *options;
        pthread_cond_signal(&pool->work);
    }
    pthread_mutex_unlock(&pool->lock);
    return status;
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

tt_status tt_pool_wait(bool *done, tt_pool *pool, unsigned milliseconds, tt_error *err)
{
    tt_status status = TT_OK;
    const struct timespec end = later(milliseconds);
    *done = false;
    pthread_mutex_lock(&pool->lock);
    if (pool->taken == pool->submitted) {
        status = tt_fail(err, TT_EARGUMENT, 0, "pool: no document is pending");
    } else {
        const slot *oldest = slot_of(pool, pool->taken);
        while (!oldest->done && pthread_cond_timedwait(&pool->result, &pool->lock, &end) == 0) {
        }
        *done = oldest->done;
    }
    pthread_mutex_unlock(&pool->lock);
    return status;
}

tt_status tt_pool_take(tt_pool_result *out, tt_pool *pool, tt_error *err)
{
    tt_status status = TT_OK;
    pthread_mutex_lock(&pool->lock);
    if (pool->taken == pool->submitted) {
        status = tt_fail(err, TT_EARGUMENT, 0, "pool: no document is pending");
    } else {
        slot *oldest = slot_of(pool, pool->taken);
        while (!oldest->done)
            pthread_cond_wait(&pool->result, &pool->lock);
        *out = oldest->result;
        oldest->result.doc = NULL;
        pool->taken++;
    }
    pthread_mutex_unlock(&pool->lock);
    return status;
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
