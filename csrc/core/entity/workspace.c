/* workspace.c - a list of idle workspaces under a lock, which is held for a few instructions a document. */
#include "entity/workspace.h"
#include "base/alloc.h"

#include <pthread.h>

struct tt_workspaces {
    pthread_mutex_t lock;
    tt_workspace *idle; /* under `lock` */
    const tt_crf *chains[2];
};

tt_status tt__workspaces_open(tt_workspaces **out, const tt_crf *outer, const tt_crf *inner)
{
    tt_workspaces *self = tt__calloc(1, sizeof *self);
    *out = NULL;
    if (self == NULL || pthread_mutex_init(&self->lock, NULL) != 0) {
        tt__free(self);
        return TT_ENOMEM;
    }
    self->chains[0] = outer;
    self->chains[1] = inner;
    *out = self;
    return TT_OK;
}

static void free_workspace(tt_workspace *workspace)
{
    if (workspace == NULL)
        return;
    tt__layer_close(&workspace->layers[0]);
    tt__layer_close(&workspace->layers[1]);
    tt__seen_free(&workspace->names);
    tt__free(workspace->atoms);
    tt__free(workspace->chances);
    for (size_t i = 0; i < TT_ENTITY_DEPTH; i++)
        tt__free(workspace->states[i]);
    tt__free(workspace);
}

void tt__workspaces_close(tt_workspaces *self)
{
    if (self == NULL)
        return;
    for (tt_workspace *at = self->idle, *next; at != NULL; at = next) {
        next = at->next;
        free_workspace(at);
    }
    pthread_mutex_destroy(&self->lock);
    tt__free(self);
}

static tt_workspace *make_workspace(const tt_workspaces *self)
{
    tt_workspace *made = tt__calloc(1, sizeof *made);
    if (made == NULL || tt__layer_open(&made->layers[0], self->chains[0], &tt__outer_features) != TT_OK ||
        tt__layer_open(&made->layers[1], self->chains[1], &tt__inner_features) != TT_OK) {
        free_workspace(made);
        return NULL;
    }
    return made;
}

tt_workspace *tt__workspace_take(tt_workspaces *self)
{
    pthread_mutex_lock(&self->lock);
    tt_workspace *taken = self->idle;
    if (taken != NULL)
        self->idle = taken->next;
    pthread_mutex_unlock(&self->lock);
    return taken != NULL ? taken : make_workspace(self);
}

void tt__workspace_give(tt_workspaces *self, tt_workspace *workspace)
{
    pthread_mutex_lock(&self->lock);
    workspace->next = self->idle;
    self->idle = workspace;
    pthread_mutex_unlock(&self->lock);
}
